/** Postings under way: one item at one login, what goes wrong for it, and what the site's ledger has of it. */
import type { ChannelId } from "#core/marketplace/index.ts";
import { SAMPLES } from "#marketplaces/testing/sample-items.ts";
import type { ListingNow } from "#practice/ledger-entry.ts";
import { fieldNames } from "#practice/sites.ts";
import type { Connected } from "#worker/testing/seller.ts";
import type { SellerWorld } from "#worker/testing/seller-world.ts";
import type { Run } from "./draw.ts";

export type Order = { run: Run; account: Connected; title: string; targetId: string; faultId: string | null };

/** Logins that nothing else is posted at meanwhile, so that each fault meets the posting it was drawn for. */
export const loginPool = (world: SellerWorld) => {
  const free = new Map<ChannelId, Connected[]>();
  return {
    async take(channel: ChannelId): Promise<Connected> {
      return free.get(channel)?.shift() ?? (await world.freshAccount(channel));
    },
    giveBack(account: Connected): void {
      free.set(account.channel, [...(free.get(account.channel) ?? []), account]);
    },
  };
};
export type LoginPool = ReturnType<typeof loginPool>;

/** Asks for one posting, and for its twin where there is one: alike enough that a row of one could be the other's. */
export const order = async (world: SellerWorld, pool: LoginPool, run: Run): Promise<Order[]> => {
  const account = await pool.take(run.channel);
  const fault = run.fault
    ? await world.control.fault(run.channel, run.fault.name, {
        ...run.fault.options,
        account: account.handle,
      })
    : null;
  const ask = async (title?: string): Promise<Order> => {
    const item = await world.item(SAMPLES["denim-jacket"], title ? { title } : {});
    const { targetIds } = await world.createJob(item, [account]);
    return { run, account, title: item.title, targetId: targetIds[0]!, faultId: fault?.id ?? null };
  };
  const first = await ask();
  return run.hasTwin ? [first, await ask(`${first.title} II`)] : [first];
};

/** By the ledger, whatever the site's lists show: all that was ever made of each order's item. */
export const madeOf = async (world: SellerWorld): Promise<(order: Order) => ListingNow[]> => {
  const { listings } = await world.control.ledger();
  return ({ account, title }) =>
    listings.filter(
      (one) =>
        one.site === account.channel &&
        one.account === account.handle &&
        one.status !== "draft" &&
        one.fields[fieldNames[one.site].title] === title,
    );
};
