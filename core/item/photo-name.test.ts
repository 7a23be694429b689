import { describe, expect, it } from "vitest";
import { photoName } from "./photo-name.ts";

describe("photoName", () => {
  it("sorts as the photos do, on sites that sort by name", () => {
    const names = Array.from({ length: 24 }, (_, index) => photoName("Brass lamp", index, "image/jpeg"));
    expect(names.toSorted()).toEqual(names);
    expect(names[0]).toBe("brass-lamp-01.jpg");
    expect(names[9]).toBe("brass-lamp-10.jpg");
  });

  it("is plain whatever the title is, and says what the file is", () => {
    expect(photoName("Café «Noir», 100 % ~ a very long title about many a thing", 1, "image/png")).toBe(
      "cafe-noir-100-a-very-long-title-about-ma-02.png",
    );
    expect(photoName("灯 🔥", 0, "image/jpeg")).toBe("photo-01.jpg");
  });
});
