import { useLiveQuery } from "dexie-react-hooks";
import { CHANNEL_IDS, MARKETPLACES } from "#marketplaces/index.ts";
import { database } from "#extension/store/database.ts";
import { buttonLook } from "#extension/ui/button.tsx";
import { ChannelTile } from "#extension/ui/channel-tile.tsx";
import { SkeletonRows } from "#extension/ui/notices.tsx";
import { AccountCard } from "./account-card.tsx";
import { words } from "./words.ts";

export function ConnectionsScreen() {
  const accounts = useLiveQuery(() => database.accounts.toArray(), []);
  return (
    <div className="flex max-w-4xl flex-col gap-6 p-3 sm:p-6">
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
              <div className="flex flex-wrap items-center gap-3">
                <ChannelTile channel={id} size={32} />
                <h2 className="flex-1 text-lg font-semibold">{site}</h2>
                <a
                  href={`#/connections/${id}/connect`}
                  aria-label={own.length === 0 ? words.connect(site) : words.anotherOn(site)}
                  className={buttonLook(own.length === 0 ? "primary" : "secondary")}
                >
                  {own.length === 0 ? words.connect(site) : words.another}
                </a>
              </div>
              {own.length === 0 ? (
                <p className="card p-4 text-ink-2">{words.none(site)}</p>
              ) : (
                own.map((a) => <AccountCard key={a.id} account={a} />)
              )}
            </section>
          );
        })
      )}
    </div>
  );
}
