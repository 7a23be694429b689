import { useLiveQuery } from "dexie-react-hooks";
import { Plus } from "lucide-react";
import { CHANNEL_IDS, MARKETPLACES } from "#marketplaces/index.ts";
import { database } from "#extension/store/database.ts";
import { buttonLook } from "#extension/ui/button.tsx";
import { ChannelTile } from "#extension/ui/channel-tile.tsx";
import { classNames } from "#extension/ui/class-names.ts";
import { SkeletonRows } from "#extension/ui/notices.tsx";
import { AccountCard } from "./account-card.tsx";
import { words } from "./words.ts";

export function ConnectionsScreen() {
  const accounts = useLiveQuery(() => database.accounts.toArray(), []);
  return (
    <div className="flex w-full max-w-4xl flex-col gap-6 p-3 sm:p-6">
      <header>
        <h1 className="text-xl font-semibold">{words.title}</h1>
        <p className="text-ink-2">{words.lead}</p>
      </header>
      {!accounts ? (
        <SkeletonRows rows={3} height={96} />
      ) : (
        CHANNEL_IDS.map((id) => {
          const site = MARKETPLACES[id].identity.name;
          const own = accounts.filter((a) => a.platform === id && a.status !== "disconnected");
          return (
            <section key={id} aria-label={site} className="flex flex-col gap-3">
              <div
                className={classNames("flex flex-wrap items-center gap-3", own.length === 0 && "card p-4")}
              >
                <ChannelTile channel={id} size={32} />
                <div className="min-w-40 flex-1">
                  <h2 className={classNames("font-semibold", own.length > 0 && "text-lg")}>{site}</h2>
                  {own.length === 0 ? <p className="text-ink-2">{words.none}</p> : null}
                </div>
                <a
                  href={`#/connections/${id}/connect`}
                  aria-label={own.length === 0 ? words.connect(site) : words.anotherOn(site)}
                  className={own.length === 0 ? buttonLook("primary") : buttonLook("quiet", true)}
                >
                  {own.length === 0 ? null : <Plus aria-hidden className="size-4" />}
                  {own.length === 0 ? words.connect(site) : words.another}
                </a>
              </div>
              {own.map((a) => (
                <AccountCard key={a.id} account={a} />
              ))}
            </section>
          );
        })
      )}
    </div>
  );
}
