import { describe, expect, it } from "vitest";
import { isPhotoPath, photoPath } from "./photo-path.ts";

const WS = "00000000-0000-4000-8000-000000000001";
const ITEM = "00000000-0000-4000-8000-000000000002";
const PHOTO = "00000000-0000-4000-8000-000000000003";

describe("a photo's path", () => {
  it.each([
    ["image/jpeg", "jpg"],
    ["image/png", "png"],
    ["image/webp", "webp"],
  ] as const)("when it is a %s: made and known", (mime, ending) => {
    const path = photoPath(WS, ITEM, { id: PHOTO, mime });
    expect(path).toBe(`${WS}/${ITEM}/${PHOTO}.${ending}`);
    expect(isPhotoPath(path)).toBe(true);
  });

  it.each([
    `${WS}/${ITEM}/../../${ITEM}/${WS}/${PHOTO}.jpg`,
    `${WS}/${ITEM}/..%2f${PHOTO}.jpg`,
    `${WS}/../${ITEM}/${PHOTO}.jpg`,
    `${WS}/./${PHOTO}.jpg`,
    `/${WS}/${ITEM}/${PHOTO}.jpg`,
    `${WS}/${ITEM}/${PHOTO}.jpg/..`,
    `${WS}/${ITEM}/${PHOTO}.jpg?x=1`,
    `${WS}/${ITEM}/${PHOTO}.jpg\n`,
    `${WS}/${ITEM}/${PHOTO}.svg`,
    `${WS}/${ITEM}/${PHOTO}`,
    `${WS}\\${ITEM}\\${PHOTO}.jpg`,
    "",
  ])("when it is %j: none", (path) => {
    expect(isPhotoPath(path)).toBe(false);
  });
});
