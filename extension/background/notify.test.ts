import { expect, it } from "vitest";
import { newPosting, type Posting } from "#core/posting/index.ts";
import { words } from "./notify.ts";

const told = (changes: Partial<Posting>) => {
  const begun = newPosting({ id: "p", itemId: "i", driver: "tab", mode: "publish", at: 0 });
  return words({ platform: "mercari", title: "Brass lamp", posting: { ...begun, ...changes } });
};
const row = (status: string) => ({ externalId: "m1", url: null, by: "id" as const, status });

it("what the site holds back for its review is not told as listed", () => {
  expect(told({ state: "done", listing: row("active") }).title).toBe("Listed on Mercari");
  expect(told({ state: "done", listing: row("held") }).title).toBe("Posted on Mercari: in review");
});
