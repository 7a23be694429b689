import exifr from "exifr";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { makePhoto } from "../testing/photos.ts";
import { preparePhoto } from "./prepare-photo.ts";

const RULE = { maxEdge: 2048, maxBytes: 5_000_000 };
const noise = (width: number, height: number) =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: "#888",
      noise: { type: "gaussian", mean: 128, sigma: 60 },
    },
  })
    .jpeg({ quality: 95 })
    .toBuffer();

describe("preparePhoto", () => {
  it("when the photo is stored sideways with GPS: it is sent upright and knows no place", async () => {
    const sideways = await makePhoto(3, { orientation: 6, gps: true });
    expect(await exifr.gps(sideways)).toMatchObject({ latitude: 48.85 }); // the original does have it
    const { bytes } = await preparePhoto(sideways, RULE);
    const meta = await sharp(bytes).metadata();
    expect([meta.width, meta.height]).toEqual([600, 900]);
    expect(meta.orientation).toBeUndefined();
    expect(meta.exif).toBeUndefined();
    expect(await exifr.gps(bytes)).toBeUndefined();
  });

  it("when turned by EXIF: the pixels are, too", async () => {
    const half = await sharp({ create: { width: 40, height: 20, channels: 3, background: "#f00" } })
      .composite([
        { input: { create: { width: 20, height: 20, channels: 3, background: "#00f" } }, left: 0, top: 0 },
      ])
      .withMetadata({ orientation: 6 })
      .jpeg({ quality: 100 })
      .toBuffer();
    const { data, info } = await sharp((await preparePhoto(half, RULE)).bytes)
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([20, 40]);
    expect(data[2]).toBeGreaterThan(200); // what was left is now on top: blue
    expect(data[(39 * 20 + 10) * 3]).toBeGreaterThan(200); // and red below
  });

  it("when it is larger than the marketplace takes: edge and bytes are kept to", async () => {
    const { bytes } = await preparePhoto(await noise(1600, 1200), { maxEdge: 1000, maxBytes: 250_000 });
    expect(bytes.length).toBeLessThanOrEqual(250_000);
    expect(
      Math.max((await sharp(bytes).metadata()).width, (await sharp(bytes).metadata()).height),
    ).toBeLessThanOrEqual(1000);
  });

  it("when it has transparent parts: they become white", async () => {
    const clear = await sharp({
      create: { width: 10, height: 10, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    const { data } = await sharp((await preparePhoto(clear, RULE)).bytes)
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(data[0]).toBeGreaterThan(250);
  });

  it("when it is no picture, or cannot be made small enough: refuses", async () => {
    await expect(preparePhoto(Buffer.from("<svg"), RULE)).rejects.toThrow();
    await expect(preparePhoto(await noise(800, 800), { maxEdge: 800, maxBytes: 1000 })).rejects.toThrow(
      "Use another photo",
    );
  });
});
