/** The order of photos is what the application keeps, read from its previews: mended where it can be, else refused. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser } from "playwright-core";
import type { ControlValue, PagePhoto } from "../../plan/index.ts";
import { launchTestBrowser } from "../testing/browser.ts";
import type { World } from "../testing/drive.ts";
import { fillOn } from "../testing/own-page.ts";

const IDS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"];
const photos = (ids = IDS): ControlValue => ({ kind: "photos", photoIds: ids });

/** A picture of its own for every number, uncompressed: a bright bar on a coloured ground. */
const bitmap = (number: number, width = 96, height = 72): Buffer => {
  const pixels = Buffer.alloc(width * height * 3);
  for (let at = 0; at < width * height; at++) {
    const isBar = Math.floor((at % width) / 8) === number;
    pixels.set(
      isBar ? [255, 255, 255] : [(number * 67) % 200, (number * 131) % 200, (number * 29) % 200],
      at * 3,
    );
  }
  const head = Buffer.alloc(54);
  head.write("BM");
  head.writeUInt32LE(54 + pixels.length, 2);
  head.writeUInt32LE(54, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(width, 18);
  head.writeInt32LE(height, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(24, 28);
  return Buffer.concat([head, pixels]);
};
const photoOf =
  (numberOf: (id: string) => number) =>
  (id: string): Promise<PagePhoto> =>
    Promise.resolve({
      id,
      name: `lamp-${id}.bmp`,
      mime: "image/bmp",
      base64: bitmap(numberOf(id)).toString("base64"),
    });
const photo = photoOf(Number);

type Uploader = {
  /** The files of one hand-over, in the order the site adds them. */ order?: string;
  /** Where a new photo is added. */ add?: "append" | "prepend";
  /** A thumbnail of the site's own instead of the very file. */ thumbs?: boolean;
  removable?: boolean;
  held?: number[];
};
const uploader = ({
  order = "files",
  add = "append",
  thumbs = false,
  removable = true,
  held = [],
}: Uploader) => `
  <div id=zone><label>Add photos <input id=f type=file accept="image/*" multiple></label><div id=grid></div></div>
  <script>window.saved = [];
    const shrunk = async (file) => { const image = await createImageBitmap(file); const canvas = document.createElement("canvas"); canvas.width = canvas.height = 40;
      const side = Math.min(image.width, image.height);
      canvas.getContext("2d").drawImage(image, (image.width - side) / 2, (image.height - side) / 2, side, side, 0, 0, 40, 40); return canvas.toDataURL("image/jpeg", 0.7) };
    const draw = () => { grid.innerHTML = ""; for (const one of saved) { const tile = document.createElement("figure"); tile.append(Object.assign(new Image(), { src: one.src }));
      if (${removable}) { const button = Object.assign(document.createElement("button"), { type: "button", textContent: "×", ariaLabel: "Remove photo" });
        button.onclick = () => { saved.splice(saved.indexOf(one), 1); draw() }; tile.append(button) } grid.append(tile) } };
    const take = async (files) => { for (const file of ${order}) { const src = ${thumbs} ? await shrunk(file) : URL.createObjectURL(file); saved.${add === "append" ? "push" : "unshift"}({ name: file.name, src }) } draw() };
    f.onchange = () => { const files = [...f.files]; f.value = ""; void take(files) };
    ${held.map((number) => `saved.push({ name: "old-${number}", src: "data:image/bmp;base64,${bitmap(number).toString("base64")}" });`).join("")} draw()</script>`;
const BY_NAME = "files.sort((a, b) => (a.name < b.name ? -1 : 1))";
const ENDING_FIRST = "files.length > 2 ? [files[1], files[0], ...files.slice(2)] : files";
const named = (ids: readonly string[]) => ids.map((id) => `lamp-${id}.bmp`);

describe.each<World>(["main", "isolated"])("photos in the %s world", (world) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchTestBrowser();
  });
  afterAll(() => browser.close());
  const put = async (page: Uploader, value = photos(), from = photo) => {
    const { report, saved } = await fillOn(
      browser,
      world,
      uploader(page),
      { value, locators: [{ by: "css", css: "input[type=file]" }] },
      { photo: from },
    );
    return { report, names: (saved as { name: string }[]).map(({ name }) => name) };
  };

  it.each([
    ["as they are", {}],
    ["as thumbnails of another shape", { thumbs: true }],
  ])("shown %s in the right order are verified at once", async (_how, page) => {
    const { report, names } = await put(page);
    expect([report.verified, report.attempts]).toEqual([true, 1]);
    expect(names).toEqual(named(IDS));
  });

  it.each([
    ["sorted by their names", { order: BY_NAME }],
    ["sorted by their names, as thumbnails", { order: BY_NAME, thumbs: true }],
    ["in the order their uploads end", { order: ENDING_FIRST }],
  ])("that the site takes %s are put again, one by one", async (_how, page) => {
    const { report, names } = await put(page);
    expect([report.verified, report.attempts]).toEqual([true, 2]);
    expect(names).toEqual(named(IDS));
  });

  it("that cannot be taken out again are refused in a wrong order", async () => {
    const { report } = await put({ order: BY_NAME, removable: false });
    expect(report).toMatchObject({
      status: "refused",
      reason: "read-back-differs",
      detail: "the photos are shown in another order",
    });
  });

  it("of which the newest always comes first are refused", async () => {
    const { report } = await put({ add: "prepend" }, photos(["1", "2", "3"]));
    expect(report).toMatchObject({ status: "refused", reason: "read-back-differs" });
  });

  it("that look all the same are counted", async () => {
    const { report } = await put(
      { order: ENDING_FIRST },
      photos(["1", "2", "3"]),
      photoOf(() => 1),
    );
    expect([report.verified, report.attempts]).toEqual([true, 1]);
  });

  it("of a left-over draft make way", async () => {
    const { report, names } = await put({ held: [20, 21] }, photos(["1", "2"]));
    expect(report.verified).toBe(true);
    expect(names).toEqual(named(["1", "2"]));
  });
});
