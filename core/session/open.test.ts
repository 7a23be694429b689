import { beforeAll, describe, expect, it } from "vitest";
import fc from "fast-check";
import { fromBase64Url, toBase64Url } from "./base64url.ts";
import { exportDevicePublicKey, generateDeviceKey, signSealed } from "./device.ts";
import type { Envelope } from "./envelope.ts";
import { bindingFromRow, infoFromRow, infoHash, type SealedRow } from "./info.ts";
import { open, openSession } from "./open.ts";
import { resealSession } from "./rotate.ts";
import {
  sampleAccount,
  sampleSession,
  sampleWorker,
  type SampleAccount,
  type SampleWorker,
} from "./sample.ts";
import { seal } from "./seal.ts";
import { SUITE } from "./suite.ts";

let worker: SampleWorker;
let account: SampleAccount;
beforeAll(async () => {
  worker = await sampleWorker("k1", "k2");
  account = await sampleAccount(worker.recipients[0]!);
});

type Changes = { envelope?: unknown; row?: unknown; devicePublicKey?: unknown; highWater?: number | null };
const tryOpen = (changes: Changes = {}, from = account) =>
  openSession({
    envelope: from.envelope,
    row: from.row,
    keys: worker.keys,
    devicePublicKey: from.devicePublicKey,
    highWater: null,
    ...changes,
  });
const reasonOf = async (changes: Changes, from = account) => {
  const opened = await tryOpen(changes, from);
  return opened.ok ? "opened" : opened.refusal.reason;
};

/** What an attacker who owns a registered device and writes the database can make: everything consistent but the ct. */
const resigned = async (envelope: Envelope, row: SealedRow) => {
  const device = await generateDeviceKey();
  const info = infoFromRow(row);
  const sig = await signSealed(
    device.privateKey,
    fromBase64Url(envelope.enc)!,
    fromBase64Url(envelope.ct)!,
    info,
  );
  return {
    envelope: {
      ...envelope,
      keyId: row.session_meta.keyId,
      infoHash: await infoHash(info),
      sig: toBase64Url(sig),
    },
    row,
    devicePublicKey: await exportDevicePublicKey(device.publicKey),
  };
};

const boundFields: [string, (row: SealedRow, text: string) => SealedRow][] = [
  ["id", (row, id) => ({ ...row, id })],
  ["workspace_id", (row, workspace_id) => ({ ...row, workspace_id })],
  ["user_id", (row, user_id) => ({ ...row, user_id })],
  ["platform", (row, platform) => ({ ...row, platform })],
  ["session_version", (row, text) => ({ ...row, session_version: row.session_version + text.length })],
  ["consent_id", (row, consent_id) => ({ ...row, consent_id })],
  ["consent_id removed", (row) => ({ ...row, consent_id: null })],
  ["device_id", (row, device_id) => ({ ...row, device_id })],
  ["device_id removed", (row) => ({ ...row, device_id: null })],
  ["capturedAt", (row, capturedAt) => ({ ...row, session_meta: { ...row.session_meta, capturedAt } })],
  [
    "allowlistHash",
    (row, allowlistHash) => ({ ...row, session_meta: { ...row.session_meta, allowlistHash } }),
  ],
  [
    "signedBy",
    (row, by) => ({ ...row, session_meta: { ...row.session_meta, signedBy: `worker:${by}` as const } }),
  ],
  ["env", (row, env) => ({ ...row, session_meta: { ...row.session_meta, env } })],
  ["keyId", (row) => ({ ...row, session_meta: { ...row.session_meta, keyId: "k2" } })],
];

describe("openSession", () => {
  it("when nothing was changed: gives back exactly what was captured", async () => {
    const opened = await tryOpen();
    expect(opened.ok && opened.secret.reveal()).toEqual(sampleSession());
  });

  it("when the version equals the high-water mark: opens", async () => {
    expect(await reasonOf({ highWater: account.row.session_version })).toBe("opened");
  });

  it.each(boundFields)("when %s of the row is anything else: does not belong", async (_name, change) => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 20, unit: "grapheme" }), async (text) => {
        const row = change(account.row, text);
        fc.pre(JSON.stringify(row) !== JSON.stringify(account.row));
        expect(await reasonOf({ row })).toBe("does-not-belong");
      }),
      { numRuns: 20 },
    );
  });

  it.each(boundFields)(
    "when %s is changed by someone who can sign and write every table: HPKE still refuses",
    async (name, change) => {
      const forged = await resigned(account.envelope, change(account.row, "x"));
      const expected = name === "signedBy" ? "bad-signature" : "does-not-belong";
      expect(await reasonOf(forged)).toBe(expected);
    },
  );

  it("when text moves from one field to the next: the bound bytes differ", () => {
    const shifted = { ...account.row, platform: `${account.row.platform}a`, id: account.row.id.slice(1) };
    expect(infoFromRow(shifted)).not.toEqual(infoFromRow(account.row));
    const joined = (row: SealedRow) => row.platform + row.id;
    const left = { ...account.row, platform: "ab", id: "c" };
    const right = { ...account.row, platform: "a", id: "bc" };
    expect(joined(left)).toBe(joined(right));
    expect(infoFromRow(left)).not.toEqual(infoFromRow(right));
  });

  it("when the envelopes of two rows are swapped: neither opens", async () => {
    const other = await sampleAccount(worker.recipients[0]!, {
      binding: { accountId: "7b0f2f7e-4c39-4f5f-9f0b-0d5fb3b8a0ff" },
      device: account.device,
    });
    expect(await reasonOf({ envelope: other.envelope })).toBe("does-not-belong");
    expect(await reasonOf({ envelope: account.envelope }, other)).toBe("does-not-belong");
    expect(await reasonOf({}, other)).toBe("opened");
  });

  it("when yesterday's row is put back: rolled back; raising its version does not help", async () => {
    expect(await reasonOf({ highWater: account.row.session_version + 1 })).toBe("rolled-back");
    const raised = { ...account.row, session_version: account.row.session_version + 1 };
    expect(await reasonOf({ row: raised, highWater: raised.session_version })).toBe("does-not-belong");
  });

  it("when another device sealed a session for this very row (planted): bad signature", async () => {
    const planted = await sampleAccount(worker.recipients[0]!, { session: sampleSession(10) });
    expect(await reasonOf({ envelope: planted.envelope })).toBe("bad-signature");
    expect(await reasonOf({ devicePublicKey: null })).toBe("bad-signature");
    expect(
      await reasonOf({ devicePublicKey: { ...account.devicePublicKey, x: account.devicePublicKey.y } }),
    ).toBe("bad-signature");
  });

  it("when a bit of ct, enc or sig is flipped: bad signature, and never another answer", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom("ct", "enc", "sig"), fc.nat(), async (field, at) => {
        const bytes = fromBase64Url(account.envelope[field as "ct"])!;
        bytes[(at >> 3) % bytes.length]! ^= 1 << (at & 7);
        expect(await reasonOf({ envelope: { ...account.envelope, [field]: toBase64Url(bytes) } })).toBe(
          "bad-signature",
        );
      }),
      { numRuns: 60 },
    );
  });

  it("when ct, enc or sig is cut short: malformed", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("ct", "enc", "sig"),
        fc.integer({ min: 1, max: 8000 }),
        async (field, cut) => {
          const bytes = fromBase64Url(account.envelope[field as "ct"])!;
          const shorter = toBase64Url(bytes.subarray(0, Math.max(0, bytes.length - cut)));
          expect(await reasonOf({ envelope: { ...account.envelope, [field]: shorter } })).toBe("malformed");
        },
      ),
      { numRuns: 40 },
    );
  });

  it.each([
    ["nothing", null],
    ["a string", "sealed"],
    ["an unknown version", { v: 2 }],
    ["plain cookies", sampleSession()],
  ])("when the envelope is %s: malformed", async (_name, envelope) => {
    expect(await reasonOf({ envelope })).toBe("malformed");
    expect(await reasonOf({ row: envelope })).toBe("malformed");
  });

  it("when the envelope has a field too many or another way of writing its base64: malformed", async () => {
    expect(await reasonOf({ envelope: { ...account.envelope, note: "" } })).toBe("malformed");
    const enc = account.envelope.enc; // 32 bytes leave 2 spare bits in the last character
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const loose = enc.slice(0, -1) + alphabet[alphabet.indexOf(enc.at(-1)!) + 1];
    expect(await reasonOf({ envelope: { ...account.envelope, enc: loose } })).toBe("malformed");
  });

  it("when envelope or row names another suite: wrong suite", async () => {
    const suite = SUITE.replace("256-GCM", "128-GCM");
    expect(await reasonOf({ envelope: { ...account.envelope, suite } })).toBe("wrong-suite");
    expect(
      await reasonOf({ row: { ...account.row, session_meta: { ...account.row.session_meta, suite } } }),
    ).toBe("wrong-suite");
  });

  it("when row and envelope agree on another environment whose keys we share: does not belong", async () => {
    const staging = await sampleAccount(worker.recipients[0]!, { binding: { env: "staging" } });
    expect(await reasonOf({}, staging)).toBe("does-not-belong");
  });

  it("when the private key was destroyed: unknown key", async () => {
    const later = await sampleWorker("k9");
    const opened = await openSession({ ...account, keys: later.keys, highWater: null });
    expect(opened).toMatchObject({ ok: false, refusal: { reason: "unknown-key" } });
  });

  it("when the worker holds another key under the same id: does not belong", async () => {
    const imposter = await sampleWorker("k1");
    const opened = await openSession({ ...account, keys: imposter.keys, highWater: null });
    expect(opened).toMatchObject({ ok: false, refusal: { reason: "does-not-belong" } });
  });

  it("when the device signed something that is no session, or was sealed for another purpose: refused", async () => {
    const { formatVersion: _f, keyId: _k, suite: _s, ...context } = bindingFromRow(account.row);
    const make = (content: string, purpose: "session" | "oauth") =>
      seal({
        content: new TextEncoder().encode(content),
        context: { ...context, purpose },
        recipient: worker.recipients[0]!,
        signKey: account.device.privateKey,
      });
    expect(await reasonOf({ envelope: (await make('{"cookies":[]}', "session")).envelope })).toBe(
      "malformed",
    );
    expect(await reasonOf({ envelope: (await make("\u0000", "session")).envelope })).toBe("malformed");
    expect(
      await reasonOf({ envelope: (await make(JSON.stringify(sampleSession()), "oauth")).envelope }),
    ).toBe("does-not-belong");
  });

  it("when refused: the message holds nothing of the content", async () => {
    const opened = await tryOpen({ highWater: 99 });
    expect(JSON.stringify(opened)).not.toContain("canary");
  });
});

describe("open", () => {
  it("when an OAuth token was sealed: opens for that purpose only", async () => {
    const { formatVersion: _f, keyId: _k, suite: _s, ...context } = bindingFromRow(account.row);
    const content = new TextEncoder().encode("refresh-token");
    const { envelope, binding } = await seal({
      content,
      context: { ...context, purpose: "oauth", consentId: null, allowlistHash: null },
      recipient: worker.recipients[1]!,
      signKey: account.device.privateKey,
    });
    const input = { envelope, keys: worker.keys, devicePublicKey: account.devicePublicKey, highWater: null };
    const opened = await open({ ...input, binding });
    expect(opened.ok && new TextDecoder().decode(opened.secret.reveal())).toBe("refresh-token");
    const asSession = await open({ ...input, binding: { ...binding, purpose: "session" } });
    expect(asSession).toMatchObject({ ok: false, refusal: { reason: "does-not-belong" } });
  });
});

describe("resealSession", () => {
  it("when a newer key is current: the same session opens with it, and the old envelope no longer fits the row", async () => {
    const resealed = await resealSession({
      ...account,
      keys: worker.keys,
      highWater: 3,
      current: worker.recipients[1]!,
    });
    if (!resealed.ok) throw new Error(resealed.refusal.reason);
    expect(resealed.meta).toMatchObject({ keyId: "k2", signedBy: "worker:w1", cookieNames: ["sid"] });
    const row = { ...account.row, session_meta: resealed.meta };
    const opened = await tryOpen({ envelope: resealed.envelope, row, highWater: 3 });
    expect(opened.ok && opened.secret.reveal()).toEqual(sampleSession());
    expect(await reasonOf({ row })).toBe("does-not-belong");
    // The old key can now be destroyed: nothing in the row needs it.
    const without = {
      ...worker.keys,
      recipients: new Map([...worker.keys.recipients].filter(([id]) => id !== "k1")),
    };
    const after = await openSession({
      ...account,
      envelope: resealed.envelope,
      row,
      keys: without,
      highWater: 3,
    });
    expect(after.ok).toBe(true);
  });

  it("when the stored session does not open: nothing is sealed", async () => {
    const refused = await resealSession({
      ...account,
      keys: worker.keys,
      highWater: 99,
      current: worker.recipients[1]!,
    });
    expect(refused).toMatchObject({ ok: false, refusal: { reason: "rolled-back" } });
  });

  it("when an attacker claims a worker re-sealed: bad signature", async () => {
    const row = {
      ...account.row,
      session_meta: { ...account.row.session_meta, signedBy: "worker:w1" as const },
    };
    expect(await reasonOf(await resigned(account.envelope, row))).toBe("bad-signature");
  });
});
