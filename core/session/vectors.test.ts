/** Published test vectors through both implementations, so that neither is only ever checked against itself. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import {
  Aes128Gcm,
  Aes256Gcm,
  CipherSuite,
  DhkemP256HkdfSha256,
  DhkemX25519HkdfSha256,
  HkdfSha256,
} from "@hpke/core";
import * as panva from "hpke";
import { describe, expect, it } from "vitest";
import { z } from "zod";

const suite = {
  kemId: z.union([z.literal(32), z.literal(16)]),
  kdfId: z.literal(1),
  aeadId: z.union([z.literal(1), z.literal(2)]),
};
const keys = { info: z.string(), skRm: z.string(), pkRm: z.string(), enc: z.string() };
const fixture = z
  .object({
    accumulated: z
      .array(
        z.object({
          ...suite,
          ...keys,
          ikmE: z.string(),
          ikmR: z.string(),
          encryptionsAccumulated: z.string(),
        }),
      )
      .min(3),
    listed: z
      .array(
        z.object({
          ...suite,
          ...keys,
          from: z.string(),
          encryptions: z
            .array(z.object({ seq: z.number(), pt: z.string(), aad: z.string(), ct: z.string() }))
            .min(1),
        }),
      )
      .min(4),
  })
  .parse(JSON.parse(readFileSync(new URL("./vectors/hpke-base.json", import.meta.url), "utf8")));

type SuiteIds = { kemId: 32 | 16; aeadId: 1 | 2 };
const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, "hex"));
const hex = (value: ArrayBuffer | Uint8Array) => Buffer.from(value as Uint8Array).toString("hex");
const title = (v: SuiteIds) =>
  `${v.kemId === 32 ? "X25519" : "P-256"}, HKDF-SHA256, AES-${v.aeadId === 2 ? 256 : 128}-GCM`;

const coreSuite = (v: SuiteIds) =>
  new CipherSuite({
    kem: v.kemId === 32 ? new DhkemX25519HkdfSha256() : new DhkemP256HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: v.aeadId === 2 ? new Aes256Gcm() : new Aes128Gcm(),
  });
const panvaSuite = (v: SuiteIds) =>
  new panva.CipherSuite(
    v.kemId === 32 ? panva.KEM_DHKEM_X25519_HKDF_SHA256 : panva.KEM_DHKEM_P256_HKDF_SHA256,
    panva.KDF_HKDF_SHA256,
    v.aeadId === 2 ? panva.AEAD_AES_256_GCM : panva.AEAD_AES_128_GCM,
  );

/** How the accumulated vectors draw their inputs: from SHAKE128 of nothing, a length byte and then that many bytes. */
const drawer = () => {
  const stream = createHash("shake128", { outputLength: 1_000_000 }).digest();
  let at = 0;
  return () => {
    const length = stream[at]!;
    const out = Uint8Array.from(stream.subarray(at + 1, at + 1 + length));
    at += 1 + length;
    return out;
  };
};

const corePrivate = async (v: SuiteIds & { skRm: string; pkRm: string }) => {
  const { kem } = coreSuite(v);
  return {
    privateKey: await kem.importKey("raw", bytes(v.skRm).buffer, false),
    publicKey: await kem.importKey("raw", bytes(v.pkRm).buffer, true),
  };
};

describe("RFC 9180 vectors", () => {
  it.each(fixture.accumulated.map((v) => [title(v), v] as const))(
    "when 1000 messages are sealed and opened: %s",
    async (_title, v) => {
      const core = coreSuite(v);
      const ekm = await core.kem.deriveKeyPair(bytes(v.ikmE));
      const recipientKey = await core.kem.deriveKeyPair(bytes(v.ikmR));
      expect(hex(await core.kem.serializePublicKey(recipientKey.publicKey))).toBe(v.pkRm);
      expect(hex(await core.kem.serializePrivateKey(recipientKey.privateKey))).toBe(v.skRm);

      const sender = await core.createSenderContext({
        recipientPublicKey: recipientKey.publicKey,
        info: bytes(v.info),
        ekm,
      });
      expect(hex(sender.enc)).toBe(v.enc);
      const recipient = await core.createRecipientContext({
        recipientKey,
        enc: bytes(v.enc),
        info: bytes(v.info),
      });
      const other = panvaSuite(v);
      const otherRecipient = await other.SetupRecipient(
        await other.DeserializePrivateKey(bytes(v.skRm), true),
        bytes(v.enc),
        {
          info: bytes(v.info),
        },
      );

      const draw = drawer();
      const sink = createHash("shake128", { outputLength: 16 });
      for (let message = 0; message < 1000; message += 1) {
        const aad = draw();
        const pt = draw();
        const ct = new Uint8Array(await sender.seal(pt, aad));
        sink.update(ct);
        const opened = [await recipient.open(ct, aad), await otherRecipient.Open(ct, aad)].map(hex);
        if (opened.some((text) => text !== hex(pt)))
          throw new Error(`message ${message} did not open to what was sealed`);
      }
      expect(sink.digest("hex")).toBe(v.encryptionsAccumulated);
    },
  );

  it.each(fixture.listed.map((v) => [`${title(v)} (${v.from})`, v] as const))(
    "when listed messages are opened: %s",
    async (_title, v) => {
      const recipient = await coreSuite(v).createRecipientContext({
        recipientKey: await corePrivate(v),
        enc: bytes(v.enc),
        info: bytes(v.info),
      });
      const other = panvaSuite(v);
      const otherRecipient = await other.SetupRecipient(
        await other.DeserializePrivateKey(bytes(v.skRm), true),
        bytes(v.enc),
        {
          info: bytes(v.info),
        },
      );
      for (const { seq, pt, aad, ct } of v.encryptions) {
        expect(hex(await recipient.open(bytes(ct), bytes(aad))), `core, message ${seq}`).toBe(pt);
        expect(hex(await otherRecipient.Open(bytes(ct), bytes(aad))), `panva, message ${seq}`).toBe(pt);
      }
    },
  );
});
