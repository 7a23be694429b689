/** What Hawker knows of the page one is on. The address is only visible on sites Hawker was allowed on. */
import { useLiveQuery } from "dexie-react-hooks";
import { useEffect, useState } from "react";
import { MARKETPLACES } from "#marketplaces/index.ts";
import type { ChannelId } from "#core/marketplace/marketplace.ts";
import { database } from "#extension/store/database.ts";
import { Button } from "#extension/ui/button.tsx";
import { ChannelTile } from "#extension/ui/channel-tile.tsx";
import { openDashboard } from "./open-dashboard.ts";
import { words } from "./words.ts";

type Here = { channel: ChannelId; externalId: string | null };

const channelOf = (url: string): Here | null => {
  const host = URL.canParse(url) ? new URL(url).hostname : "";
  for (const { identity } of Object.values(MARKETPLACES)) {
    if (identity.hosts.some((h) => host === h || (h.startsWith("*.") && host.endsWith(h.slice(1)))))
      return { channel: identity.id, externalId: identity.recognizeListing(url) };
  }
  return null;
};

const useHere = (): Here | null => {
  const [here, setHere] = useState<Here | null>(null);
  useEffect(() => {
    chrome.tabs
      .query({ active: true, currentWindow: true })
      .then(([tab]) => setHere(tab?.url ? channelOf(tab.url) : null))
      .catch((cause: unknown) => console.info("The current page is not known.", cause));
  }, []);
  return here;
};

export function CurrentPage() {
  const here = useHere();
  const known = useLiveQuery(async () => {
    if (!here) return null;
    const accounts = await database.accounts.where("platform").equals(here.channel).toArray();
    const listings = here.externalId
      ? await database.listings
          .filter((l) => l.platform === here.channel && l.externalId === here.externalId)
          .first()
      : undefined;
    return { account: accounts.find((a) => a.status === "connected"), itemId: listings?.itemId ?? null };
  }, [here]);
  if (!here || !known) return null;
  const site = MARKETPLACES[here.channel].identity.name;
  return (
    <section aria-label={site} className="card flex items-center gap-3 p-3">
      <ChannelTile channel={here.channel} size={32} />
      <p className="min-w-0 flex-1">
        {!known.account
          ? words.notConnected(site)
          : known.itemId
            ? words.yourListing(site)
            : words.connectedHere(site, known.account.handle)}
      </p>
      {!known.account ? (
        <Button kind="primary" small onClick={() => openDashboard(`/connections/${here.channel}/connect`)}>
          {words.connect(site)}
        </Button>
      ) : known.itemId ? (
        <Button kind="primary" small onClick={() => openDashboard(`/inventory?crosspost=${known.itemId}`)}>
          {words.crosspostIt}
        </Button>
      ) : null}
    </section>
  );
}
