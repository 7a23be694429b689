import sharp from "sharp";
import { describe, expect, it } from "vitest";
import type { Ledger } from "./ledger-client.ts";
import { createPhotos } from "./photos.ts";

const stored = new Map<string, Uint8Array>();
const ledger: Ledger = {
  pid: 0,
  append: () => Promise.reject(new Error("not used")),
  entries: () => Promise.resolve([]),
  storePhoto: (sha256, bytes) => Promise.resolve(void stored.set(sha256, bytes)),
  photo: (sha256) => Promise.resolve(new Uint8Array(stored.get(sha256) ?? [])),
  stop: () => Promise.resolve(),
};
const photos = createPhotos(ledger);
const picture = () => sharp({ create: { width: 60, height: 40, channels: 3, background: "teal" } });
const received = async (bytes: Buffer, name: string) =>
  (await photos.receive(new File([new Uint8Array(bytes)], name))).photo;
const gps = {
  GPSLatitudeRef: "N",
  GPSLatitude: "37/1 45/1 30/1",
  GPSLongitudeRef: "W",
  GPSLongitude: "122/1 25/1 0/1",
};

describe("a received photo", () => {
  it("is measured as it came: stored pixels, orientation tag, whether a place is in it", async () => {
    const bytes = await picture().jpeg().withExif({ IFD3: gps }).withMetadata({ orientation: 6 }).toBuffer();
    const withPlace = await picture().jpeg().withExif({ IFD3: gps }).toBuffer();
    expect(await received(bytes, "turned.jpg")).toMatchObject({
      width: 60,
      height: 40,
      orientation: 6,
      mime: "image/jpeg",
    });
    expect(await received(withPlace, "place.jpg")).toMatchObject({ exifGps: true });
  });

  it("has no place when there is only other EXIF, or none, or another format", async () => {
    const camera = await picture()
      .jpeg()
      .withExif({ IFD0: { Make: "Olympus" } })
      .toBuffer();
    expect(await received(camera, "camera.jpg")).toMatchObject({ exifGps: false });
    expect(await received(await picture().png().toBuffer(), "a.png")).toMatchObject({
      exifGps: false,
      mime: "image/png",
      orientation: null,
    });
    expect(await received(await picture().webp().toBuffer(), "a.webp")).toMatchObject({ mime: "image/webp" });
  });

  it("shows its place in PNG and WebP too", async () => {
    expect(await received(await picture().png().withExif({ IFD3: gps }).toBuffer(), "p.png")).toMatchObject({
      exifGps: true,
    });
    expect(await received(await picture().webp().withExif({ IFD3: gps }).toBuffer(), "p.webp")).toMatchObject(
      { exifGps: true },
    );
  });

  it("is refused when it is no picture", async () => {
    await expect(received(Buffer.from("not a picture"), "x.jpg")).rejects.toThrow();
  });
});
