import { describe, expect, it } from "vitest";
import { STAND_INS, stamped, withHostsGranted, type Addresses } from "./stamp-extension.ts";

const addresses: Addresses = {
  HAWKER_API_URL: "http://127.0.0.1:8787",
  HAWKER_SUPABASE_URL: "https://project.supabase.co",
  HAWKER_SUPABASE_KEY: "sb_publishable_a-b_c",
  HAWKER_ROOT_KEY: JSON.stringify({ kty: "EC", crv: "P-256", x: "a$&`'\\", y: "é" }),
};

describe("stamped", () => {
  it.each(['"', "'", "`"])("puts values into literals with %s", (quote) => {
    const built = `export default [${Object.values(STAND_INS)
      .map((standIn) => quote + standIn + quote)
      .join()}]`;
    const body = stamped(built, addresses).replace("export default", "return");
    expect(new Function(body)()).toEqual(Object.values(addresses));
  });

  it("puts the origins into the manifest's policy, the socket's too", () => {
    const policy = `connect-src ${STAND_INS.HAWKER_API_URL} ${STAND_INS.HAWKER_SUPABASE_URL} ws://supabase.stand-in.invalid`;
    expect(JSON.parse(stamped(JSON.stringify({ policy }), addresses))).toEqual({
      policy: "connect-src http://127.0.0.1:8787 https://project.supabase.co wss://project.supabase.co",
    });
  });

  it("leaves no stand-in", () => {
    expect(stamped(Object.values(STAND_INS).join(), addresses)).not.toContain("stand-in");
  });
});

it("grants what the manifest asks for, and nothing more", () => {
  const asked = {
    name: "Hawker",
    permissions: ["storage"],
    optional_permissions: ["cookies"],
    optional_host_permissions: ["https://*.mercari.com/*"],
  };
  expect(JSON.parse(withHostsGranted(JSON.stringify(asked)))).toEqual({
    name: "Hawker",
    permissions: ["storage", "cookies"],
    host_permissions: ["https://*.mercari.com/*"],
  });
});
