import { describe, expect, it } from "vitest";
import { presentableAs } from "./presentation.ts";

describe("presentableAs", () => {
  it("when both can be used: unchanged, and nothing to say", () => {
    const told = { locale: "de-AT", timezone: "Europe/Vienna", other: 1 };
    expect(presentableAs(told)).toEqual({ usable: told, replaced: [] });
  });

  it.each(["Etc/Unknown", "Mars/Olympus", "GMT+2", "", " "])(
    "when the time zone is %j: UTC, saying so",
    (timezone) => {
      const { usable, replaced } = presentableAs({ locale: "en-US", timezone });
      expect(usable).toEqual({ locale: "en-US", timezone: "UTC" });
      expect(replaced).toEqual([
        `"${timezone}" is no time zone a browser can be set to; UTC is used instead.`,
      ]);
    },
  );

  it.each(["C", "en-US@posix", "en_US", ""])("when the language is %j: English, saying so", (locale) => {
    const { usable, replaced } = presentableAs({ locale, timezone: "UTC" });
    expect(usable.locale).toBe("en-US");
    expect(replaced).toHaveLength(1);
  });
});
