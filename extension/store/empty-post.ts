/** A post of which nothing was done yet. */
import type { Item } from "#core/item/item.ts";
import type { ChannelId } from "#core/marketplace/marketplace.ts";
import type { Posting } from "#core/posting/index.ts";
import type { AccountRow, PostRow } from "./rows.ts";

type About = { item: Item; city: string | null; platform: ChannelId; account: AccountRow | null };

export const emptyPost = ({ item, city, platform, account }: About, posting: Posting): PostRow => {
  const at = new Date().toISOString();
  return {
    id: crypto.randomUUID(),
    itemId: item.id,
    item,
    city,
    platform,
    accountId: account?.id ?? null,
    login: account ? { id: account.loginId, name: account.handle } : null,
    keeper: "browser",
    target: null,
    asked: null,
    posting,
    heardAt: null,
    note: null,
    paused: false,
    tabId: null,
    plan: null,
    stepReports: [],
    byHand: [],
    isStanding: false,
    handBaseline: null,
    progress: { percent: 0, message: "Waiting" },
    fillMs: null,
    toldOf: null,
    createdAt: at,
    updatedAt: at,
    startedAt: null,
    settledAt: null,
  };
};
