/** Reads the practice ledger and says what is right and what is not. */
import type { ListingNow } from "#practice/ledger-entry.ts";
import { fieldNames } from "#practice/sites.ts";
import { SAMPLE_ITEMS } from "../sample/items.ts";
import { checkPhoto, photoCode } from "../sample/photos.ts";
import { checkFields, type Site } from "./expected.ts";

export type Posted = {
  channel: Site;
  driver: "tab" | "cloud";
  item: string;
  fields: { expected: number; correct: number };
  photos: { expected: number; correct: number };
  fillMs: number | null;
  totalMs: number | null;
};
export type Planned = { site: Site; item: number; driver: "tab" | "cloud" };
export type Verdict = { listings: Posted[]; duplicates: number; complaints: string[] };
type Times = (planned: Planned) => { fillMs: number | null; totalMs: number | null };

export class Ledger {
  readonly controlUrl: string;
  constructor(controlUrl: string) {
    this.controlUrl = controlUrl;
  }

  async read(
    after = 0,
    waitMs = 0,
  ): Promise<{ entries: { seq: number; kind: string }[]; listings: ListingNow[] }> {
    const response = await fetch(`${this.controlUrl}/ledger?after=${after}&waitMs=${waitMs}`);
    if (!response.ok) throw new Error(`The ledger answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as { entries: { seq: number; kind: string }[]; listings: ListingNow[] };
  }

  async listings(): Promise<ListingNow[]> {
    return (await this.read()).listings.filter((l) => l.status !== "deleted");
  }

  /** Resolves when that many listings are there; the ledger itself answers when something is written. */
  async waitFor(count: number, timeoutMs: number): Promise<ListingNow[]> {
    const end = performance.now() + timeoutMs;
    let seq = 0;
    for (;;) {
      const found = await this.listings();
      if (found.length >= count) return found;
      const left = end - performance.now();
      if (left <= 0)
        throw new Error(`${found.length} of ${count} listings after ${Math.round(timeoutMs / 1000)} s`);
      const { entries } = await this.read(seq, Math.min(left, 20_000));
      seq = entries.at(-1)?.seq ?? seq;
    }
  }

  async photo(sha256: string): Promise<Buffer> {
    const response = await fetch(`${this.controlUrl}/ledger/photo/${sha256}`);
    if (!response.ok) throw new Error(`The ledger has no photo ${sha256}.`);
    return Buffer.from(await response.arrayBuffer());
  }

  async post(path: string, body: unknown = {}): Promise<unknown> {
    const response = await fetch(`${this.controlUrl}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  }
}

const titleOf = (listing: ListingNow) => String(listing.fields[fieldNames[listing.site].title] ?? "");

/** Photos in the meant order, upright as stored, with no place in them. */
async function checkPhotos(
  ledger: Ledger,
  item: number,
  listing: ListingNow,
): Promise<{ correct: number; wrong: string[] }> {
  const kinds = SAMPLE_ITEMS[item - 1]?.photos ?? [];
  const wrong: string[] = [];
  let correct = 0;
  if (listing.photos.length !== kinds.length)
    wrong.push(`${listing.photos.length} photos instead of ${kinds.length}`);
  for (const [index] of kinds.entries()) {
    const photo = listing.photos[index];
    if (!photo) continue;
    const seen = await checkPhoto(await ledger.photo(photo.sha256));
    const right =
      seen.upright &&
      seen.code === photoCode(item, index + 1) &&
      !seen.gps &&
      !photo.exifGps &&
      (seen.orientation ?? 1) === 1;
    if (right) correct += 1;
    else wrong.push(`photo ${index + 1}: ${JSON.stringify(seen)}`);
  }
  return { correct, wrong };
}

export async function judge(ledger: Ledger, plan: Planned[], timesOf: Times): Promise<Verdict> {
  const all = (await ledger.listings()).filter(({ byHand }) => !byHand);
  const listings: Posted[] = [];
  const complaints: string[] = [];
  const claimed = new Set<ListingNow>();
  for (const planned of plan) {
    const item = SAMPLE_ITEMS[planned.item - 1];
    if (!item) throw new Error(`There is no sample item ${planned.item}.`);
    const where = `${planned.site}, "${item.title}"`;
    const listing = all.find((l) => l.site === planned.site && titleOf(l) === item.title && !claimed.has(l));
    const base = { channel: planned.site, driver: planned.driver, item: item.title, ...timesOf(planned) };
    if (!listing) {
      complaints.push(`${where}: not listed`);
      listings.push({
        ...base,
        fields: { expected: 1, correct: 0 },
        photos: { expected: item.photos.length, correct: 0 },
      });
      continue;
    }
    claimed.add(listing);
    const fields = checkFields(planned.site, planned.item, listing);
    const photos = await checkPhotos(ledger, planned.item, listing);
    complaints.push(...[...fields.wrong, ...photos.wrong].map((w) => `${where}: ${w}`));
    listings.push({
      ...base,
      fields: { expected: fields.expected, correct: fields.correct },
      photos: { expected: item.photos.length, correct: photos.correct },
    });
  }
  const extra = all.filter((l) => !claimed.has(l));
  complaints.push(...extra.map((l) => `${l.site}: "${titleOf(l)}" was not meant to be listed (or twice)`));
  return { listings, duplicates: extra.length, complaints };
}
