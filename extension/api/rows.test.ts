import { describe, expect, it } from "vitest";
import { columnsOf, itemOf, unknownIn } from "./rows.ts";

const row = {
  id: "7f9d3c52-0c4d-4f7e-8a36-1d1f0a6c0001",
  data: {
    title: "Lamp",
    price: { amountMinor: 100, currency: "USD" },
    createdAt: "2026-01-02T00:00:00.000Z",
    updatedAt: "2026-01-02T00:00:00.000Z",
    warranty: "two years",
  },
  field_times: { title: "2026-01-02T00:00:00.000Z", brand: "2025-12-31T00:00:00.000Z" },
  created_at: "2026-01-01T00:00:00+00:00",
  updated_at: "2026-01-01T10:00:00.123456+00:00",
  deleted_at: null,
};
const photo = (n: number) => ({
  id: `7f9d3c52-0c4d-4f7e-8a36-1d1f0a6c1${String(n).padStart(3, "0")}`,
  position: n,
  width: 1,
  height: 1,
  mime: "image/jpeg",
  bytes: 1,
  sha256: "0".repeat(64),
  alt: "",
});

describe("itemOf", () => {
  it("believes no edit to be later than the server heard of it", () => {
    const item = itemOf(row, []);
    expect(item.fieldTimes).toEqual({ title: "2026-01-01T10:00:00.123Z", brand: "2025-12-31T00:00:00.000Z" });
    expect(item.updatedAt).toBe("2026-01-01T10:00:00.123Z");
  });
  it("reads an item to which two devices added more photos than one may", () => {
    const many = Array.from({ length: 30 }, (_, n) => photo(n));
    expect(itemOf(row, many).photos).toHaveLength(30);
  });
  it("carries along what it does not know", () => {
    const columns = columnsOf(itemOf(row, []), unknownIn(row));
    expect(columns["data"]).toMatchObject({ title: "Lamp", warranty: "two years" });
  });
});
