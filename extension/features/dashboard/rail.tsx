import { useLiveQuery } from "dexie-react-hooks";
import {
  Boxes,
  CloudOff,
  Command,
  Layers,
  ListChecks,
  Plug,
  RefreshCw,
  Settings,
  TriangleAlert,
  Wifi,
} from "lucide-react";
import { database } from "#extension/store/database.ts";
import { text } from "#extension/ui/messages.ts";
import { classNames } from "#extension/ui/class-names.ts";
import { useOnline } from "#extension/ui/use-online.ts";
import { useAuth } from "../auth/use-auth.ts";
import { useWaiting } from "../posts/use-posts.ts";
import { words } from "./words.ts";

const PLACES = { inventory: Boxes, jobs: ListChecks, connections: Plug, settings: Settings };
export type PlaceName = keyof typeof PLACES;
export const placeOf = (part: string | undefined): PlaceName =>
  part && part in PLACES ? (part as PlaceName) : "inventory";
const LINK_ICONS = { live: Wifi, polling: RefreshCw, offline: CloudOff, "signed-out": CloudOff };

function SyncLine() {
  const auth = useAuth();
  const sync = useLiveQuery(() => database.syncState.get("main"), []);
  const isOnline = useOnline();
  const known = isOnline ? (sync?.link ?? "offline") : "offline"; // what was heard last may be hours old
  const link = auth === null ? "signed-out" : known;
  const stuck = sync?.lastError && (link === "live" || link === "polling") ? sync.lastError : null;
  const Icon = stuck ? TriangleAlert : LINK_ICONS[link];
  const isServiceAway = isOnline && link === "offline";
  const said = stuck ? words.notAllSynced : isServiceAway ? words.serviceAway : words.link[link];
  // Where there is little room only what is not as it should be takes some of it.
  const isWell = stuck === null && link !== "offline";
  return (
    <div
      className={classNames(
        "border-line text-sm text-ink-2 max-sm:basis-full max-sm:border-b max-sm:px-3 max-sm:py-1",
        "sm:order-last sm:border-t sm:px-5 sm:py-3 sm:max-lg:px-0",
        isWell && "max-sm:hidden",
      )}
    >
      {auth ? (
        <p className="truncate font-medium text-ink max-lg:sr-only" title={auth.email}>
          {auth.email}
        </p>
      ) : null}
      <p className="flex items-start gap-2 max-lg:justify-center" title={sync?.lastError ?? said}>
        <Icon aria-hidden className={classNames("mt-0.5 size-4 shrink-0", stuck && "text-attention")} />
        <span className="sm:max-lg:sr-only">
          {stuck ? (
            <a href="#/settings" className="underline underline-offset-2">
              {said}
            </a>
          ) : (
            said
          )}
        </span>
      </p>
    </div>
  );
}

export function Rail({ place, onPalette }: { place: PlaceName; onPalette: () => void }) {
  const waiting = useWaiting();
  return (
    <nav
      aria-label={words.rail}
      className="flex shrink-0 border-line bg-surface max-sm:order-last max-sm:flex-wrap max-sm:border-t sm:w-16 sm:flex-col sm:border-r lg:w-52"
    >
      <SyncLine />
      <div className="hidden items-center gap-2 p-4 sm:flex sm:max-lg:justify-center">
        <Layers aria-hidden className="size-6 text-accent" />
        <span className="hidden text-lg font-semibold lg:inline">{text.product}</span>
      </div>
      <ul className="flex flex-1 gap-1 p-2 max-sm:py-1 sm:flex-col">
        {(Object.keys(PLACES) as PlaceName[]).map((name) => {
          const Icon = PLACES[name];
          const here = name === place;
          return (
            <li key={name} className="max-sm:flex-1">
              <a
                href={`#/${name}`}
                aria-current={here ? "page" : undefined}
                title={words.places[name]}
                className={classNames(
                  "relative flex h-9 items-center justify-center gap-3 rounded px-3 font-medium transition-colors duration-100 max-sm:h-12 max-sm:flex-col max-sm:gap-0.5 max-sm:px-1 lg:justify-start",
                  here ? "bg-accent-soft text-accent" : "text-ink-2 hover:bg-sunken hover:text-ink",
                )}
              >
                <Icon aria-hidden className="size-4 shrink-0" />
                <span className="max-sm:text-xs sm:max-lg:sr-only">{words.places[name]}</span>
                {name === "jobs" && waiting ? (
                  <span className="tabular rounded-full bg-attention-soft px-2 text-xs font-semibold text-attention max-lg:absolute max-lg:top-0.5 max-lg:left-1/2 max-lg:ml-1.5 max-lg:px-1.5 lg:ml-auto">
                    {waiting}
                    <span className="sr-only"> {words.needYou}</span>
                  </span>
                ) : null}
              </a>
            </li>
          );
        })}
      </ul>
      <button
        type="button"
        onClick={onPalette}
        title={words.palette}
        className="mx-2 mb-2 hidden h-9 items-center justify-center gap-3 rounded px-3 text-ink-2 hover:bg-sunken sm:flex lg:justify-start"
      >
        <Command aria-hidden className="size-4" />
        <span className="max-lg:sr-only">{words.palette}</span>
        <kbd className="ml-auto hidden font-sans text-xs text-ink-3 lg:inline">Ctrl K</kbd>
      </button>
    </nav>
  );
}
