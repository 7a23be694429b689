/** One page per site: what is taken, why, where it is readable, how long, how to end it, and one button. */
import { CircleHelp, Clock, Cookie, LockKeyhole, Unplug } from "lucide-react";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { MARKETPLACES } from "#marketplaces/index.ts";
import type { ChannelId, Marketplace } from "#core/marketplace/marketplace.ts";
import { send } from "#extension/messages/send.ts";
import { Button, buttonLook } from "#extension/ui/button.tsx";
import { ChannelTile } from "#extension/ui/channel-tile.tsx";
import { CheckField } from "#extension/ui/field.tsx";
import { Banner } from "#extension/ui/notices.tsx";
import { useAction } from "#extension/ui/use-action.ts";
import { useAuth } from "../auth/use-auth.ts";
import { askAllowed, cookieNamesFor, isAllowed } from "./cookie-names.ts";
import { words } from "./words.ts";

const say = words.consent;
type Connected = {
  handle: string;
  cookieNames: string[];
  sealed: boolean;
  /** What is not as the person wished it. */
  notes: string[];
};

function Part({ icon: Icon, title, children }: { icon: typeof Clock; title: string; children: ReactNode }) {
  return (
    <div className="flex gap-3 p-4">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-accent" />
      <div className="min-w-0">
        <h2 className="font-semibold">{title}</h2>
        <div className="text-ink-2">{children}</div>
      </div>
    </div>
  );
}

const Names = ({ names }: { names: string[] }) => (
  <ul className="mt-2 flex flex-wrap gap-1">
    {names.map((n) => (
      <li
        key={n}
        className="max-w-full rounded-sm bg-sunken px-1.5 py-0.5 font-mono text-xs break-all text-ink"
      >
        {n}
      </li>
    ))}
  </ul>
);

/** Before the browser lets Hawker look, the rule; then the very names. */
const takenNames = ({ account }: Marketplace, found: string[] | null): string[] => [
  ...(found ?? account.cookies.flatMap((c) => (c.names === "*" ? [say.takenAll(c.domain)] : c.names))),
  ...account.localStorage.map((l) => say.storage(l.origin)),
];

export function ConsentScreen({ platform }: { platform: ChannelId }) {
  const marketplace = MARKETPLACES[platform];
  const { name: site, urls } = marketplace.identity;
  const auth = useAuth();
  const [cloud, setCloud] = useState(false);
  const [connected, setConnected] = useState<Connected | null>(null);
  const [logIn, setLogIn] = useState(false);
  const [found, setFound] = useState<string[] | null>(null);
  const [grown, setGrown] = useState(false);
  const allowedBefore = useRef<Promise<boolean> | null>(null);
  const { busy, error, run } = useAction();
  const cloudAllowed = cloud && Boolean(auth);

  useEffect(() => {
    allowedBefore.current = isAllowed(marketplace);
    allowedBefore.current
      .then(async (allowed) => allowed && setFound(await cookieNamesFor(marketplace)))
      .catch((cause: unknown) => console.warn("The cookie names could not be read.", cause));
  }, [marketplace]);

  const connect = () =>
    run(async () => {
      setLogIn(false);
      setGrown(false);
      // First thing in the click: the browser only asks while it is handling one.
      const granted = await askAllowed(marketplace);
      if (!granted) throw new Error(say.refused(site));
      if (!(await allowedBefore.current)) {
        // Allowed just now: first the person sees the very names, then presses again.
        allowedBefore.current = Promise.resolve(true);
        return setFound(await cookieNamesFor(marketplace));
      }
      const seen = await send("connect.preview", { platform });
      setFound(seen.cookieNames);
      if (!seen.signedIn) return setLogIn(true);
      const isTaken = cloudAllowed && seen.cloudAvailable;
      // A login or a page that was opened adds some: what was not shown is not agreed to.
      if (isTaken && seen.cookieNames.some((one) => !found?.includes(one))) return setGrown(true);
      const consent = {
        textVersion: seen.textVersion,
        cookieNames: seen.cookieNames,
        cloudAllowed: isTaken,
      };
      const made = await send("connect.confirm", { platform, consent });
      const tabsOnly = cloudAllowed && !seen.cloudAvailable;
      setConnected({
        ...made,
        notes: [
          ...(tabsOnly ? [say.cloudUnavailable(seen.cloudUnavailableReason ?? "")] : []),
          ...(made.sealed ? seen.notes : []),
          ...(made.cloudHasOlder ? [say.cloudHasOlder(site)] : []),
        ],
      });
    });

  return (
    <div className="flex w-full max-w-2xl flex-col gap-4 p-3 sm:p-6">
      <header className="flex items-center gap-3">
        <ChannelTile channel={platform} size={40} />
        <h1 className="text-xl font-semibold">{say.title(site)}</h1>
      </header>
      {connected ? (
        <>
          <Banner meaning="ok">{say.done(site, connected.handle)}</Banner>
          {connected.notes.map((note) => (
            <Banner key={note} meaning="attention">
              {note}
            </Banner>
          ))}
          <div className="card p-4">
            <p>{connected.sealed ? say.sealedNote : say.localNote}</p>
            {connected.sealed ? <Names names={connected.cookieNames} /> : null}
          </div>
          <div>
            <a href="#/connections" className={buttonLook("primary")}>
              {say.back}
            </a>
          </div>
        </>
      ) : (
        <>
          <div className="card divide-y divide-line">
            <Part icon={Cookie} title={say.takenTitle}>
              {say.taken(site)}
              <Names names={takenNames(marketplace, found)} />
            </Part>
            <Part icon={CircleHelp} title={say.whyTitle}>
              {say.why}
            </Part>
            <Part icon={LockKeyhole} title={say.whereTitle}>
              {say.where}
            </Part>
            <Part icon={Clock} title={say.longTitle}>
              {say.long}
            </Part>
            <Part icon={Unplug} title={say.endTitle}>
              {say.end}
            </Part>
          </div>
          <CheckField
            label={say.cloud}
            hint={auth === null ? say.cloudSignedOut : say.cloudHint}
            checked={cloudAllowed}
            disabled={!auth}
            onChange={(e) => setCloud(e.target.checked)}
          />
          {error ? <Banner meaning="failed">{error}</Banner> : null}
          {grown ? <Banner meaning="attention">{say.grown(site)}</Banner> : null}
          {logIn ? (
            <Banner
              meaning="attention"
              action={
                <a
                  href={urls.login}
                  target="_blank"
                  rel="noreferrer"
                  className={buttonLook("secondary", true)}
                >
                  {say.openSite(site)}
                </a>
              }
            >
              {say.logInFirst(site)}
            </Banner>
          ) : null}
          <div className="flex flex-wrap items-center gap-3">
            {/* Until it is read who is signed in, a press would connect without the cloud and not say so. */}
            <Button kind="primary" busy={busy} disabled={auth === undefined} onClick={() => void connect()}>
              {say.button}
            </Button>
            <a href="#/connections" className={buttonLook("quiet")}>
              {say.back}
            </a>
          </div>
          <p className="text-sm text-ink-3">{found ? say.foundNote : say.buttonNote(site)}</p>
        </>
      )}
    </div>
  );
}
