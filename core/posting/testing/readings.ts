/** Readings of an account's own lists, for tests: complete, and of this moment. */
import type { Reading, ReadRow } from "../index.ts";
import { MARKER } from "./told.ts";

export const row = (externalId: string, changes: Partial<ReadRow> = {}): ReadRow => ({
  externalId,
  url: null,
  ...MARKER,
  status: "active",
  ...changes,
});

export const readingOf = (now: number, ...rows: ReadRow[]): Reading => ({
  begunAt: now,
  endedAt: now,
  login: "seller",
  rows,
  complete: true,
  gaps: [],
});
