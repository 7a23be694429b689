/** Posts as this browser keeps them at a login the service never knew, standing at a question. Nothing drives them. */
import type { Page } from "@playwright/test";
import type { Item } from "#core/item/item.ts";
import { plainItem } from "#core/item/testing/plain-item.ts";
import type { Plan } from "#core/plan/plan.ts";
import { newPosting, type Posting } from "#core/posting/index.ts";
import { emptyPost } from "#extension/store/empty-post.ts";
import type { PostRow } from "#extension/store/rows.ts";

const YEAR_MS = 365 * 24 * 3_600_000;

/** @param number names it, and tells its age: 1 is the oldest. */
export const idOf = (number: number): string => `7f9d3c52-0c4d-4f7e-8a36-${String(number).padStart(12, "0")}`;
const timeOf = (number: number): string => new Date(Date.UTC(2026, 0, 1, 0, number)).toISOString();

export const itemNamed = (title: string, number: number): Item =>
  plainItem(idOf(100_000 + number), title, timeOf(1));

export const planSaying = (title: string): Plan => ({
  version: 1,
  marketplace: "mercari",
  url: `https://www.mercari.com/sell/?title=${title}`,
  hosts: ["www.mercari.com"],
  fill: [],
  submit: [],
});

const posting = (number: number, item: Item, changes: Partial<Posting>): Posting => ({
  ...newPosting({ id: idOf(number), itemId: item.id, driver: "tab", mode: "review", at: Date.now() }),
  ...changes,
});

const row = (number: number, item: Item, of: Posting): PostRow => ({
  ...emptyPost({ city: null, item, platform: "mercari", account: null }, of),
  id: idOf(number),
  progress: { percent: 100, message: "Ready to publish" },
  toldOf: "question 1",
  createdAt: timeOf(number),
  updatedAt: timeOf(number),
});

type Changes = Partial<Omit<PostRow, "posting">>;

const asking = (number: number, item: Item, of: Pick<Posting, "question" | "ending">, changes: Changes) => ({
  ...row(number, item, posting(number, item, { state: "needs_human", questions: 1, ...of })),
  ...changes,
});

/** Its form is filled, and stands to be looked over. */
export const readyPost = (number: number, item: Item, changes: Changes = {}): PostRow => {
  const question: Posting["question"] = { number: 1, kind: "ready", askedAt: Date.now(), candidates: [] };
  const plan = planSaying(item.title);
  return asking(number, item, { question, ending: null }, { plan, ...changes });
};

/** It met a captcha. */
export const stoppedPost = (number: number, item: Item, changes: Changes = {}): PostRow => {
  const question: Posting["question"] = { number: 1, kind: "stop", askedAt: Date.now(), candidates: [] };
  return asking(number, item, { question, ending: { code: "stop", stop: "captcha" } }, changes);
};

/** Its turn comes in a year. */
export const laterPost = (number: number, item: Item): PostRow => {
  const at = Date.now() + YEAR_MS;
  return row(number, item, posting(number, item, { dueAt: at, decideBy: at }));
};

/** What a page of the extension sends. */
export const tell = (page: Page, type: string, payload: object): Promise<unknown> =>
  page.evaluate(
    ([of, given]) => chrome.runtime.sendMessage({ hawker: 1, type: of, payload: given }) as Promise<unknown>,
    [type, payload] as const,
  );
