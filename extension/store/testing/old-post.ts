/** A post as version 2 of the local database held it, queued and touched by nobody. */
import type { OldPost } from "../upgrade-posts.ts";

const AT = "2026-01-01T00:00:00.000Z";

export const oldPost = (id: string, item: OldPost["item"], changes: Partial<OldPost> = {}): OldPost => ({
  id,
  itemId: item.id,
  item,
  platform: "mercari",
  accountId: null,
  mode: "publish",
  target: null,
  state: "queued",
  phase: "queued",
  paused: false,
  tabId: null,
  stateReason: null,
  handoff: null,
  listingUrl: null,
  externalId: null,
  fillMs: null,
  createdAt: AT,
  updatedAt: AT,
  startedAt: null,
  settledAt: null,
  ...changes,
});
