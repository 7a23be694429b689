import { describe, expect, it } from "vitest";
import { memoryDatabase } from "./testing/memory-database.ts";
import { toVersionFive } from "./version-five.ts";

const upgraded = async (post: Record<string, unknown>, city: string): Promise<unknown> => {
  const tables = memoryDatabase();
  await tables["settings"]!.put({ key: "preferences", value: { mode: "publish", city } });
  await tables["posts"]!.put({ id: "one", ...post });
  await toVersionFive({ table: (name: string) => tables[name] } as never);
  return (await tables["posts"]!.get("one"))?.["city"];
};

describe("a post of version 4 of the local database", () => {
  it("is for the city that was chosen in this browser: it was read when the form was filled", async () => {
    expect(await upgraded({ asked: null }, "https://sfbay.x")).toBe("https://sfbay.x");
    expect(await upgraded({ asked: null }, "")).toBeNull();
  });

  it("that the service was asked for already is for the city of that request: asked again it is the same one", async () => {
    expect(await upgraded({ asked: { key: "k", city: "https://newyork.x" } }, "https://sfbay.x")).toBe(
      "https://newyork.x",
    );
    expect(await upgraded({ asked: { key: "k", city: null } }, "https://sfbay.x")).toBeNull();
  });
});
