import { describe, expect, it } from "vitest";
import {
  exportDevicePublicKey,
  generateDeviceKey,
  importVerifyKey,
  signSealed,
  verifySealed,
} from "./device.ts";

const [enc, ct, info] = [new Uint8Array([1, 2]), new Uint8Array([3]), new Uint8Array([4, 5])];

describe("a device key", () => {
  it("when asked for its private half: refuses in every format", async () => {
    const { privateKey } = await generateDeviceKey();
    expect(privateKey.extractable).toBe(false);
    for (const format of ["jwk", "pkcs8"] as const) {
      await expect(crypto.subtle.exportKey(format, privateKey)).rejects.toThrow();
    }
  });

  it("when it signed: its exported public half agrees, for these three parts and no others", async () => {
    const pair = await generateDeviceKey();
    const publicKey = await importVerifyKey(await exportDevicePublicKey(pair.publicKey));
    const sig = await signSealed(pair.privateKey, enc, ct, info);
    expect(await verifySealed(publicKey, sig, enc, ct, info)).toBe(true);
    // The same bytes in a row, cut elsewhere.
    expect(await verifySealed(publicKey, sig, new Uint8Array([1]), new Uint8Array([2, 3]), info)).toBe(false);
    expect(await verifySealed(publicKey, sig, enc, ct, new Uint8Array([4]))).toBe(false);
    const other = await generateDeviceKey();
    expect(await verifySealed(other.publicKey, sig, enc, ct, info)).toBe(false);
  });
});
