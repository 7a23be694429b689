import { describe, expect, it } from "vitest";
import { isHeic } from "./sniff.ts";

/** The head of an ISO media file of these brands, the main one first. */
const headOf = (brands: string[], after = ""): Uint8Array => {
  const [major = "", ...compatible] = brands;
  const body = `ftyp${major}\0\0\0\0${compatible.join("")}`;
  const bytes = new TextEncoder().encode(`\0\0\0\0${body}${after}`);
  new DataView(bytes.buffer).setUint32(0, 4 + body.length);
  return bytes;
};

describe("isHeic", () => {
  it.each([
    [["heic", "mif1", "heic"], true],
    [["mif1", "mif1", "heic"], true],
    [["mif1", "heix"], true],
    [["mif1"], true],
    [["msf1", "hevc"], true],
    [["avif", "avif", "mif1", "miaf"], false],
    [["mif1", "mif1", "avif", "miaf"], false], // an AVIF that names the family first
    [["msf1", "avis", "miaf"], false],
    [["mp42", "isom"], false],
  ])("when the brands are %j: %s", (brands, expected) => {
    expect(isHeic(headOf(brands))).toBe(expected);
  });

  it("when a brand's name stands after the list of brands: it is none", () => {
    expect(isHeic(headOf(["mif1", "heic"], "avif"))).toBe(true);
  });

  it.each([
    "",
    "\0\0\0\x1cftyp",
    "\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01",
  ])("when it is no ISO media file (%j): false", (head) => {
    expect(isHeic(Uint8Array.from(head, (char) => char.charCodeAt(0)))).toBe(false);
  });
});
