/** Photos of jobs against the real storage: what a job keeps, what stops it, and what is removed in the end. */
import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { photoPath, type Item } from "#core/item/index.ts";
import { SAMPLES } from "#marketplaces/testing/sample-items.ts";
import { createLog } from "../log.ts";
import { createContext, startWorker, type RunningWorker } from "../start-worker.ts";
import { removePhotos } from "../tasks/remove-photos.ts";
import { makePhoto, startSellerWorld, type Connected, type SellerWorld } from "../testing/seller-world.ts";
import type { WorkerContext } from "../worker-context.ts";
import { supabasePhotos } from "./photo-store.ts";

const SETTLED = ["done", "needs_human", "failed", "cancelled"];
let world: SellerWorld;
let context: WorkerContext;
let account: Connected;
let worker: RunningWorker | null = null;

beforeAll(async () => {
  world = await startSellerWorld();
  context = await createContext(world.env(), createLog("silent"));
  account = await world.connect("mercari");
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
const breakers = async () => (await world.admin.query("select scope from private.circuit_breakers")).rows;
const itemWithPhotos = async (): Promise<Item> =>
  world.item(SAMPLES["denim-jacket"], { photos: [await makePhoto(3), await makePhoto(7)] });

describe("a job's photos", () => {
  it("when one was removed from the item after the job was made: the job is posted as it was made", async () => {
    const item = await itemWithPhotos();
    const job = await world.createJob(item, [account]);
    await world.admin.query("update public.item_photos set deleted_at = now() where id = $1", [
      item.photos[1]!.id,
    ]);
    await run();
    expect(await world.waitFor(job.targetIds, SETTLED)).toMatchObject([{ state: "done" }]);
    const [listing] = (await world.control.ledger()).listings.filter(
      ({ fields }) => fields["title"] === item.title,
    );
    expect(listing?.photos).toHaveLength(2);
  });

  it("when one is not in storage: the seller is told, and nobody's breaker hears of it", async () => {
    const item = await itemWithPhotos();
    await store().remove([pathOf(item, 1)]);
    const job = await world.createJob(item, [account]);
    await run();
    await expect
      .poll(() => world.events(job.targetIds[0]!))
      .toContainEqual(expect.stringMatching(/Trying again in .*Photo 2 is not in the cloud/));
    expect(await breakers()).toEqual([]);
  });

  it("when one was changed, or is no picture: failed at once with a sentence, and no breaker either", async () => {
    const other = await makePhoto(99);
    const changed = await itemWithPhotos();
    const noPicture = await itemWithPhotos();
    const text = Buffer.from("no picture at all");
    await overwrite(pathOf(changed, 0), other);
    await overwrite(pathOf(noPicture, 0), text);
    noPicture.photos[0]!.sha256 = createHash("sha256").update(text).digest("hex");
    const jobs = [await world.createJob(changed, [account]), await world.createJob(noPicture, [account])];
    await run();
    const targets = await world.waitFor(
      jobs.flatMap(({ targetIds }) => targetIds),
      SETTLED,
    );
    expect(targets).toMatchObject([
      { state: "failed", attempt: 1, state_reason: expect.stringContaining("Photo 1 was changed") },
      { state: "failed", attempt: 1, state_reason: expect.stringContaining("Photo 1 cannot be used") },
    ]);
    expect(await breakers()).toEqual([]);
  });
});

const overwrite = async (path: string, file: Buffer) => {
  const response = await fetch(`${world.stack.url}/storage/v1/object/listing-photos/${path}`, {
    method: "PUT",
    headers: {
      apikey: world.stack.secretKey,
      authorization: `Bearer ${world.stack.secretKey}`,
      "content-type": "image/jpeg",
    },
    body: new Uint8Array(file),
  });
  expect(response.status).toBe(200);
};

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
