import { expect, it, vi } from "vitest";
import { isInTheirHands } from "./filled-forms.ts";
import { post } from "./testing/service-stand-in.ts";

vi.mock("#extension/store/database.ts", () => ({ database: {} }));

const begun = { tabId: 7, plan: {} as never, stepReports: [{}] as never };
const field = { code: "field", label: "Brand", reason: "option-missing" } as const;

it("a form all but filled while the service is away is watched: its person may fill the rest and press", () => {
  expect(isInTheirHands(post({}, { ...begun, note: field }))).toBe(true);
  expect(isInTheirHands(post({}, { ...begun, note: { code: "service-away", filled: false } }))).toBe(false);
  expect(isInTheirHands(post({}, { note: field }))).toBe(false);
  expect(isInTheirHands(post({ state: "unknown" }, { ...begun, note: field }))).toBe(false);
});
