import { CHANNEL_IDS } from "#marketplaces/index.ts";
import type { ChannelId } from "#core/marketplace/marketplace.ts";
import type { Driver } from "#core/job/job.ts";
import { isForCloud } from "#extension/store/for-cloud.ts";
import type { AccountRow, ListingRow } from "#extension/store/rows.ts";
import { ChannelTile, channelName } from "#extension/ui/channel-tile.tsx";
import { classNames } from "#extension/ui/class-names.ts";
import { text } from "#extension/ui/messages.ts";
import { MeaningIcon } from "#extension/ui/notices.tsx";
import type { Destination } from "./start-crosspost.ts";
import { words } from "./words.ts";

export type Offer = Destination & {
  key: string;
  name: string;
  note: string | null;
  possible: boolean;
  unwell: boolean;
  /** Ticked until the person says otherwise: one account of each site, signed in, with nothing of it live there. */
  preset: boolean;
};

const usable = (account: AccountRow) => account.status !== "disconnected";

/** How many of these items are live at each account. */
export const liveAt = (listings: readonly ListingRow[]): ReadonlyMap<string, number> => {
  const live = new Map<string, Set<string>>();
  for (const { accountId, itemId, status } of listings) {
    if (!accountId || !itemId || status !== "active") continue;
    live.set(accountId, (live.get(accountId) ?? new Set()).add(itemId));
  }
  return new Map([...live].map(([accountId, items]) => [accountId, items.size]));
};

type Offering = { driver: Driver; live: ReadonlyMap<string, number>; items: number };

const noteOf = (account: AccountRow, { driver, live, items }: Offering): string | null => {
  if (driver === "cloud" && !isForCloud(account)) return words.notCloud;
  if (account.status !== "connected") return text.accountStates[account.status];
  const already = live.get(account.id) ?? 0;
  if (already === 0) return null;
  return already === items ? words.live : words.someLive(already, items);
};

const isSignedIn = ({ status }: AccountRow): boolean => status === "connected" || status === "expiring";

/** Every account one may post with; a site without one is offered to be connected. */
export const offersFor = (accounts: AccountRow[], offering: Offering): Offer[] =>
  CHANNEL_IDS.flatMap((platform: ChannelId): Offer[] => {
    const own = accounts.filter((a) => a.platform === platform && usable(a));
    if (own.length === 0)
      return [
        {
          platform,
          accountId: null,
          key: platform,
          name: channelName(platform),
          note: words.notConnected,
          possible: false,
          unwell: false,
          again: false,
          preset: false,
        },
      ];
    const { driver, items, live } = offering;
    const isAllLive = ({ id }: AccountRow) => items > 0 && live.get(id) === items;
    // In a tab the person can log in again; the cloud has the session that ended.
    const isPossible = (one: AccountRow) => driver === "tab" || (isForCloud(one) && isSignedIn(one));
    const first = own.find((one) => isPossible(one) && isSignedIn(one));
    return own.map((account) => ({
      platform,
      accountId: account.id,
      key: account.id,
      name: `${channelName(platform)} ${account.handle}`,
      note: noteOf(account, offering),
      possible: isPossible(account),
      unwell: account.status !== "connected",
      again: isAllLive(account),
      preset: account === first && !isAllLive(account),
    }));
  });

/** What the person said of a box. `beside`: it said then that the item is live there, so that they asked for one more. */
export type Choice = { ticked: boolean; beside: boolean };

/** The keys of what is ticked before the person says anything. */
export const presetsOf = (offers: readonly Offer[]): ReadonlySet<string> =>
  new Set(offers.filter(({ preset }) => preset).map(({ key }) => key));

/**
 * Where it is to go: as the person said, whatever became known since; else what was ticked when the form opened and still
 * may be. Nothing is ticked by itself while they look.
 */
export const chosenOf = (
  offers: readonly Offer[],
  choices: ReadonlyMap<string, Choice>,
  presets: ReadonlySet<string>,
): Offer[] =>
  offers
    .filter(
      ({ key, possible, preset }) => possible && (choices.get(key)?.ticked ?? (preset && presets.has(key))),
    )
    .map((offer) => ({ ...offer, again: offer.again && choices.get(offer.key)?.beside === true }));

export function Destinations({
  offers,
  chosen,
  onChoose,
}: {
  offers: Offer[];
  chosen: ReadonlySet<string>;
  onChoose: (key: string, choice: Choice) => void;
}) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-sm font-medium text-ink-2">{words.sites}</legend>
      <ul className="divide-y divide-line rounded border border-line bg-surface">
        {offers.map((offer) => (
          <li key={offer.key} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
            <label
              className={classNames(
                "flex min-w-44 flex-1 items-center gap-3",
                !offer.possible && "text-ink-3",
              )}
            >
              <input
                type="checkbox"
                aria-label={offer.name}
                className="size-4 accent-accent"
                disabled={!offer.possible}
                checked={offer.possible && chosen.has(offer.key)}
                onChange={({ target }) =>
                  onChoose(offer.key, { ticked: target.checked, beside: offer.again })
                }
              />
              <ChannelTile channel={offer.platform} />
              <span className="truncate">{offer.name}</span>
            </label>
            {offer.note ? (
              <span className="inline-flex items-center gap-1.5 text-right text-sm text-ink-2">
                {offer.unwell ? <MeaningIcon meaning="attention" /> : null}
                {offer.note}
              </span>
            ) : null}
            {!offer.accountId ? (
              <a
                href={`#/connections/${offer.platform}/connect`}
                className="text-sm font-medium text-accent underline underline-offset-2"
              >
                {words.connect(channelName(offer.platform))}
              </a>
            ) : null}
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
