import { describe, expect, it } from "vitest";
import { siteUrl } from "./site-url.ts";

const mercari = { hostPermissions: ["https://*.mercari.com/*"] };

describe("siteUrl", () => {
  it.each(["https://www.mercari.com/us/item/m1/", "https://mercari.com/x", "https://help.mercari.com/"])(
    "when it is %s: itself",
    (url) => expect(siteUrl(mercari, url)).toBe(url),
  );

  it.each([
    "https://www.mercari.com.evil.test/us/item/m1/",
    "https://evil.test/www.mercari.com",
    "https://www.mercari.com@evil.test/",
    "https://me@www.mercari.com/",
    "https://www.mercari.com:8443/",
    "http://www.mercari.com/",
    "javascript:alert(1)//www.mercari.com",
    "www.mercari.com/us/item/m1",
    "",
    null,
    42,
  ])("when it is %j: none", (url) => expect(siteUrl(mercari, url)).toBeNull());
});
