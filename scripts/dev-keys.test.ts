import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { importWorkerKeys, verifyManifest, workerKeyFileSchema } from "#core/session/index.ts";
import { ensureDevKeys, type DevKeys } from "./dev-keys.ts";

const DAY = 86_400_000;
const start = Date.parse("2026-11-21T09:00:00Z");
let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "hawker-keys-"));
});
afterEach(() => rm(dir, { recursive: true }));

const at = (days: number): Promise<DevKeys> => ensureDevKeys(dir, { now: () => start + days * DAY });
const workerFile = async (keys: DevKeys) =>
  workerKeyFileSchema.parse(JSON.parse(await readFile(keys.workerKeysPath, "utf8")));
const keyAt = async (keys: DevKeys, days: number) => {
  const options = { now: new Date(start + days * DAY), env: "local" };
  const check = await verifyManifest(JSON.parse(keys.manifestJson), keys.rootPublicJwk, options);
  return check.ok ? check.key.keyId : check.refusal.reason;
};

describe("ensureDevKeys", () => {
  it("when run first: the manifest verifies against the root, and the worker holds its key", async () => {
    const keys = await at(0);
    const held = await importWorkerKeys(await workerFile(keys));
    expect([...held.recipients.keys()]).toEqual([await keyAt(keys, 0)]);
  });

  it("when run again the same day: nothing changes", async () => {
    const first = await at(0);
    expect(await at(0.1)).toEqual(first);
  });

  it("when two starts race: both get the same root and a key the worker holds", async () => {
    const [one, two] = await Promise.all([at(0), at(0)]);
    expect(one.rootPublicJwk).toEqual(two.rootPublicJwk);
    const held = await importWorkerKeys(await workerFile(one));
    for (const keys of [one, two]) expect(held.recipients.has(await keyAt(keys, 0))).toBe(true);
  });

  it("when left running for its manifest's whole life: there is a current key to the end, and then a refusal", async () => {
    const keys = await at(0);
    expect(await keyAt(keys, 29.9)).toMatch(/^local-/);
    expect(await keyAt(keys, 30.1)).toBe("expired");
  });

  it("when started again near the end: the manifest is renewed under the same root", async () => {
    const first = await at(0);
    const later = await at(24);
    expect(later.rootPublicJwk).toEqual(first.rootPublicJwk);
    expect(await keyAt(later, 50)).toMatch(/^local-/);
  });

  it("when a month has passed: a new key is served and the old one still opens; after its keep time it is destroyed", async () => {
    const first = await keyAt(await at(0), 0);
    const month = await at(31);
    const second = await keyAt(month, 31);
    expect(second).not.toBe(first);
    expect((await workerFile(month)).keys.map((key) => key.keyId)).toEqual([first, second]);
    const later = await workerFile(await at(160));
    expect(later.keys.map((key) => key.keyId)).not.toContain(first);
  });

  it("when looked at by others: private files are the owner's alone", async () => {
    const { workerKeysPath } = await at(0);
    for (const path of [workerKeysPath, join(dir, "root-key.json")]) {
      expect((await stat(path)).mode & 0o077, path).toBe(0);
    }
  });

  it("when the environment is another than the folder's: says so", async () => {
    await at(0);
    await expect(ensureDevKeys(dir, { env: "staging", now: () => start })).rejects.toThrow(/--dir/);
  });
});
