import { describe, expect, it } from "vitest";
import { lamp } from "../item/testing/plain-item.ts";
import { jobPayloadOf } from "./payload.ts";

const UNREADABLE = { title: 7 };

describe("what a job kept to list", () => {
  it("is, for a target that was tried again, its item as it was then, whatever the job began with", () => {
    const stored = { item: UNREADABLE, items: { mended: lamp }, city: "https://newyork.x" };
    expect(jobPayloadOf(stored, "mended")).toEqual({ item: lamp, city: "https://newyork.x" });
    expect(() => jobPayloadOf(stored, "another")).toThrow("title");
  });

  it("may be nothing: a check lists no item", () => {
    expect(jobPayloadOf({}, "target")).toEqual({ item: null, city: null });
  });
});
