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

  it("is wanted in the city that was chosen when it was tried again", () => {
    const stored = { item: lamp, city: "https://newyork.x", cities: { moved: "https://sfbay.x" } };
    const cities = ["moved", "another"].map((target) => jobPayloadOf(stored, target).city);
    expect(cities).toEqual(["https://sfbay.x", "https://newyork.x"]);
  });

  it("may be nothing: a check lists no item", () => {
    expect(jobPayloadOf({}, "target")).toEqual({ item: null, city: null });
  });
});
