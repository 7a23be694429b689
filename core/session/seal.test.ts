import * as panva from "hpke";
import { describe, expect, it } from "vitest";
import { fromBase64Url, toBase64Url } from "./base64url.ts";
import { signSealed } from "./device.ts";
import { infoFromRow, infoHash } from "./info.ts";
import { openSession } from "./open.ts";
import { pad, SIZE_CLASSES, TooLargeToSealError, unpad } from "./padding.ts";
import {
  sampleAccount,
  sampleAllowlist,
  sampleBinding,
  sampleSession,
  sampleWorker,
  timeSeals,
} from "./sample.ts";
import { sealSession } from "./seal.ts";

const other = new panva.CipherSuite(
  panva.KEM_DHKEM_X25519_HKDF_SHA256,
  panva.KDF_HKDF_SHA256,
  panva.AEAD_AES_256_GCM,
);

describe("a second implementation", () => {
  it("opens what we sealed", async () => {
    const worker = await sampleWorker();
    const { envelope, row } = await sampleAccount(worker.recipients[0]!);
    const privateKey = await other.DeserializePrivateKey(
      fromBase64Url(worker.file.keys[0]!.privateKey)!,
      true,
    );
    const padded = await other.Open(privateKey, fromBase64Url(envelope.enc)!, fromBase64Url(envelope.ct)!, {
      info: infoFromRow(row),
    });
    expect(JSON.parse(new TextDecoder().decode(unpad(new Uint8Array(padded))!))).toEqual(sampleSession());
  });

  it("seals what we open", async () => {
    const worker = await sampleWorker();
    const account = await sampleAccount(worker.recipients[0]!);
    const info = infoFromRow(account.row);
    const publicKey = await other.DeserializePublicKey(fromBase64Url(worker.recipients[0]!.publicKey)!);
    const session = sampleSession(200);
    const sealed = await other.Seal(publicKey, pad(new TextEncoder().encode(JSON.stringify(session))), {
      info,
    });
    const [enc, ct] = [new Uint8Array(sealed.encapsulatedSecret), new Uint8Array(sealed.ciphertext)];
    const sig = await signSealed(account.device.privateKey, enc, ct, info);
    const envelope = {
      ...account.envelope,
      enc: toBase64Url(enc),
      ct: toBase64Url(ct),
      infoHash: await infoHash(info),
      sig: toBase64Url(sig),
    };
    const opened = await openSession({ ...account, envelope, keys: worker.keys, highWater: null });
    expect(opened.ok && opened.secret.reveal()).toEqual(session);
  });
});

describe("sealSession", () => {
  it("when the browser holds more than the allowlist names: only the named part is sealed", async () => {
    const worker = await sampleWorker();
    const session = sampleSession();
    const [cookie] = session.storageState.cookies;
    session.storageState.cookies.push(
      { ...cookie!, name: "tracker" },
      { ...cookie!, domain: ".elsewhere.test" },
    );
    const account = await sampleAccount(worker.recipients[0]!, { session });
    const opened = await openSession({ ...account, keys: worker.keys, highWater: null });
    expect(opened.ok && opened.secret.reveal()).toEqual(sampleSession());
    expect(account.row.session_meta.cookieNames).toEqual(["sid"]);
  });

  it("when sealed twice: nothing of the two envelopes is the same", async () => {
    const worker = await sampleWorker();
    const first = await sampleAccount(worker.recipients[0]!);
    const second = await sampleAccount(worker.recipients[0]!, { device: first.device });
    expect(second.envelope.enc).not.toBe(first.envelope.enc);
    expect(second.envelope.ct).not.toBe(first.envelope.ct);
  });

  it("when sessions differ in length: the database sees three sizes at most", async () => {
    const worker = await sampleWorker();
    const sizes = await Promise.all(
      [0, 10, 2000, 7000, 9000, 30_000, 33_000, 120_000].map(async (bytes) => {
        const { envelope, row } = await sampleAccount(worker.recipients[0]!, {
          session: sampleSession(bytes),
        });
        expect(row.session_meta.sizeClass + 16).toBe(fromBase64Url(envelope.ct)!.length);
        return row.session_meta.sizeClass;
      }),
    );
    expect([...new Set(sizes)]).toEqual([...SIZE_CLASSES]);
  });

  it("when the session is larger than the largest size: says so, with the way out, and without the content", async () => {
    const worker = await sampleWorker();
    const sealing = sampleAccount(worker.recipients[0]!, { session: sampleSession(140_000) });
    await expect(sealing).rejects.toThrow(TooLargeToSealError);
    await expect(sealing).rejects.toThrow(/allowlist/);
    await expect(sealing).rejects.not.toThrow(/canary/);
  });

  it("when the key is of an unknown suite or no key: throws before anything is sealed", async () => {
    const worker = await sampleWorker();
    const { device } = await sampleAccount(worker.recipients[0]!);
    const sealTo = (change: object) =>
      sealSession({
        session: sampleSession(),
        allowlist: sampleAllowlist,
        binding: sampleBinding(),
        recipient: { ...worker.recipients[0]!, ...change },
        deviceKey: device,
      });
    await expect(sealTo({ suite: "none" })).rejects.toThrow(/suite/);
    await expect(sealTo({ publicKey: "AAAA" })).rejects.toThrow(/32-byte/);
    await expect(sealTo({ publicKey: toBase64Url(new Uint8Array(32)) })).rejects.toThrow(); // the all-zero point
  });

  it("when nobody listens: the stored text holds no part of a cookie value", async () => {
    const worker = await sampleWorker();
    const { envelope, row } = await sampleAccount(worker.recipients[0]!);
    const stored = JSON.stringify([envelope, row]);
    for (const form of ["canary", btoa("canary"), Buffer.from("canary").toString("hex")]) {
      expect(stored).not.toContain(form.replace(/=+$/, ""));
    }
  });
});

describe("timeSeals", () => {
  it("seals 16 KiB well within the 50 ms a capture may take", async () => {
    const times = (await timeSeals(9, () => performance.now())).sort((a, b) => a - b);
    expect(times[4]).toBeLessThan(50);
  });
});
