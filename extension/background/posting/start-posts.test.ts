/** What stands in the way of an item that is asked for once more. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { database } from "#extension/store/database.ts";
import { startPosts } from "./start-posts.ts";
import { ACCOUNT, chromeStandIn, lamp, post } from "./testing/service-stand-in.ts";

vi.mock("#extension/store/database.ts", async () => {
  const { memoryDatabase } = await import("#extension/store/testing/memory-database.ts");
  return { database: memoryDatabase() };
});

const listing = { externalId: "m1", url: null, by: "id", status: "active" } as const;
const posted = () => post({ state: "done", presses: 1, listing });
const start = (again = false) =>
  startPosts({ itemIds: [lamp.id], channels: [{ platform: "mercari", again }], mode: "publish" });
const onRecord = (status: "active" | "sold" | "ended") =>
  database.listings.put({
    ...{ id: "of the service", itemId: lamp.id, accountId: ACCOUNT, platform: "mercari", externalId: "m1" },
    ...{ url: null, title: lamp.title, status, firstSeenAt: "", lastSeenAt: "" },
  });

beforeEach(async () => {
  for (const table of database.tables) await table.clear();
  vi.stubGlobal("chrome", chromeStandIn());
  await database.items.put(lamp);
  const account = { id: ACCOUNT, platform: "mercari", loginId: "123", handle: "maria" };
  await database.accounts.put({ ...account, status: "connected", localOnly: false } as never);
});

const LIVE = { postIds: [], alreadyLive: [{ itemId: lamp.id, platform: "mercari" }] };

describe("an item that was posted", () => {
  it("is not posted again before its listing has come from the service", async () => {
    await database.posts.put(posted());
    expect(await start()).toEqual(LIVE);
  });

  it("is not posted again while its listing is live, but beside it on purpose", async () => {
    await database.posts.put(posted());
    await onRecord("active");
    expect(await start()).toEqual(LIVE);
    expect((await start(true)).postIds).toHaveLength(1);
  });

  it.each(["sold", "ended"] as const)(
    "is posted again once the service's record calls it %s",
    async (status) => {
      await database.posts.put(posted());
      await onRecord(status);
      expect((await start()).postIds).toHaveLength(1);
    },
  );

  it("by another browser or the cloud is live here as well", async () => {
    await onRecord("active");
    expect(await start()).toEqual(LIVE);
  });

  it("and is open once more: that post is meant, not the one that is over", async () => {
    await database.posts.put(posted());
    await database.posts.put(post({ isBeside: true }, { id: "two" }));
    expect(await start(true)).toEqual({ postIds: ["two"], alreadyLive: [] });
    expect(await start()).toEqual({ postIds: ["two"], alreadyLive: [] });
  });
});
