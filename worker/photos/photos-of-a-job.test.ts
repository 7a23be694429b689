/** Photos of jobs against the real storage: what a job keeps, what stops it, and what is removed in the end. */
import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { photoPath, type Item } from "#core/item/index.ts";
import { SAMPLES } from "#marketplaces/testing/sample-items.ts";
import { createLog } from "../log.ts";
import { createContext, startWorker, type RunningWorker } from "../start-worker.ts";
import { removePhotos } from "../tasks/remove-photos.ts";
import { makePhoto, storePhoto } from "../testing/photos.ts";
import { startSellerWorld, type SellerWorld } from "../testing/seller-world.ts";
import { OVER } from "../testing/targets.ts";
import type { WorkerContext } from "../worker-context.ts";
import { supabasePhotos } from "./photo-store.ts";

let world: SellerWorld;
let context: WorkerContext;
let worker: RunningWorker | null = null;

beforeAll(async () => {
  world = await startSellerWorld();
  context = await createContext(world.env(), createLog("silent"));
});
afterEach(async () => {
  await worker?.drain("end of a test");
  worker = null;
  context = await createContext(world.env(), createLog("silent"));
  await world.admin.query("truncate private.circuit_breakers");
});
afterAll(() => world.close());

const run = async () => {
  worker = await startWorker(context, { concurrency: 1 });
};
const store = () => supabasePhotos(world.stack.url, world.stack.secretKey);
const pathOf = (item: Item, at: number): string => photoPath(world.workspaceId, item.id, item.photos[at]!);
const stored = (path: string) => store().download(path, new AbortController().signal);
const breakers = async () =>
  (await world.admin.query("select account_id from private.circuit_breakers")).rows;
const itemWithPhotos = async (): Promise<Item> =>
  world.item(SAMPLES["denim-jacket"], { photos: [await makePhoto(3), await makePhoto(7)] });

/** At a login that no other job of this file has used. */
const jobFor = async (item: Item): Promise<string[]> =>
  (await world.createJob(item, [await world.freshAccount("mercari")])).targetIds;

describe("a job's photos", () => {
  it("when one was removed from the item after the job was made: the job is posted as it was made", async () => {
    const item = await itemWithPhotos();
    const targetIds = await jobFor(item);
    await world.admin.query("update public.item_photos set deleted_at = now() where id = $1", [
      item.photos[1]!.id,
    ]);
    await run();
    expect(await world.waitFor(targetIds, OVER)).toMatchObject([{ state: "done" }]);
    const listed = await world.listed(item.title);
    expect(listed.map(({ photos }) => photos.length)).toEqual([2]);
  });

  it("when one is not in storage: the seller is told, and nobody's breaker hears of it", async () => {
    const item = await itemWithPhotos();
    await store().remove([pathOf(item, 1)]);
    const [targetId = ""] = await jobFor(item);
    await run();
    expect(await world.waitForEnding(targetId, "photo")).toContain("Photo 2 is not in the cloud");
    const { attempt, permits } = await world.target(targetId);
    expect([attempt > 0, permits]).toEqual([true, 0]);
    expect(await breakers()).toEqual([]);
  });

  it("when one was changed, or is no picture: failed at once with a sentence, and no breaker either", async () => {
    const other = await makePhoto(99);
    const changed = await itemWithPhotos();
    const noPicture = await itemWithPhotos();
    const text = Buffer.from("no picture at all");
    await storePhoto(world.stack, pathOf(changed, 0), other, "PUT");
    await storePhoto(world.stack, pathOf(noPicture, 0), text, "PUT");
    noPicture.photos[0]!.sha256 = createHash("sha256").update(text).digest("hex");
    const targetIds = [...(await jobFor(changed)), ...(await jobFor(noPicture))];
    await run();
    expect(await world.waitFor(targetIds, OVER)).toMatchObject([
      { state: "failed", permits: 0, reason: expect.stringContaining("Photo 1 was changed") },
      { state: "failed", permits: 0, reason: expect.stringContaining("Photo 1 cannot be used") },
    ]);
    expect(await breakers()).toEqual([]);
  });
});

describe("supabasePhotos", () => {
  it("when a row named another's folder by climbing: nothing is fetched", async () => {
    const item = await itemWithPhotos();
    const [, itemId, file] = pathOf(item, 0).split("/");
    const climbing = `${world.workspaceId}/${world.workspaceId}/../${itemId}/${file}`;
    await expect(stored(climbing)).rejects.toThrow("not of the form");
    await expect(store().remove([climbing])).rejects.toThrow("not of the form");
    expect(await stored(pathOf(item, 0))).not.toBeNull();
  });
});

describe("remove_photos", () => {
  it("when nothing needs a photo any more: its bytes are gone, and the others' are not", async () => {
    const item = await itemWithPhotos();
    await world.admin.query("update storage.objects set created_at = now() - interval '60 days'");
    await world.admin.query(
      "update public.item_photos set deleted_at = now() - interval '31 days' where id = $1",
      [item.photos[0]!.id],
    );
    await removePhotos(context)({}, { holder: "test", signal: new AbortController().signal });
    expect(await stored(pathOf(item, 0))).toBeNull();
    expect(await stored(pathOf(item, 1))).not.toBeNull();
  });

  it("when storage removes nothing though it says so: it stops with an error instead of going round", async () => {
    const deaf = {
      ...context,
      db: { ...context.db, call: async () => ["a/b/c.jpg"] as never },
      photos: { ...context.photos, remove: async () => undefined },
    };
    const task = removePhotos(deaf);
    const around = task({}, { holder: "test", signal: new AbortController().signal });
    await expect(around).rejects.toThrow("still there");
  });
});
