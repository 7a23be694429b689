/** Hands for which all goes well: nothing is listed yet, and every form is filled. Tests change what they ask about. */
import { NO_BOOKS, type Reading } from "../../posting/index.ts";
import type { ForHandHands } from "../for-hand.ts";
import type { Hands } from "../hands.ts";

export const NOW = Date.parse("2026-06-01T00:00:00.000Z");
export const empty: Reading = {
  begunAt: NOW,
  endedAt: NOW,
  login: "123",
  rows: [],
  complete: true,
  gaps: [],
};

export const readyHands: ForHandHands & Pick<Hands, "loseForm"> = {
  now: () => NOW,
  random: () => 0.5,
  itemId: "i",
  login: { id: "123", name: "maria" },
  marker: { title: "Brass lamp", priceText: "$45.00" },
  policy: { windowMs: 60_000, absenceProves: true },
  lookMs: [3_000],
  payloadHash: () => Promise.resolve("hash"),
  books: () => Promise.resolve(NO_BOOKS),
  read: () => Promise.resolve(empty),
  form: () => Promise.resolve("none"),
  loseForm: () => Promise.resolve(),
  fill: () => Promise.resolve({ kind: "filled" }),
  siteAnswer: () => Promise.resolve({ kind: "unknown", message: "" }),
  endingOf: (error) => ({ ending: { code: "unreachable", message: String(error) }, crashed: false }),
};
