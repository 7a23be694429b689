import { expect, it } from "vitest";
import { newPosting } from "#core/posting/index.ts";
import { isNeeded } from "./forget-device.ts";

const begun = newPosting({ id: "p", itemId: "i", driver: "tab", mode: "publish", at: 0 });

it("what was pressed and not proved is needed, so that it is not posted twice; what is settled is not", () => {
  expect(isNeeded({ ...begun, state: "unknown" }, 1)).toBe(true);
  expect(isNeeded({ ...begun, state: "cancelled", closedAt: 0 }, 1)).toBe(true);
  expect(isNeeded({ ...begun, state: "cancelled" }, 1)).toBe(false);
  expect(isNeeded({ ...begun, state: "done" }, 1)).toBe(false);
});
