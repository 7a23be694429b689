/** Writes a stack's addresses over the stand-ins a build was made with. */

/** What a build is told (extension/build-constants.d.ts); HAWKER_ENV is "local" in every stamped build. */
export type Addresses = Record<
  "HAWKER_API_URL" | "HAWKER_SUPABASE_URL" | "HAWKER_SUPABASE_KEY" | "HAWKER_ROOT_KEY",
  string
>;

/** Found nowhere else. The two addresses are real ones in form, because the manifest's policy is made of their origins. */
export const STAND_INS: Addresses = {
  HAWKER_API_URL: "http://api.stand-in.invalid",
  HAWKER_SUPABASE_URL: "http://supabase.stand-in.invalid",
  HAWKER_SUPABASE_KEY: "hawker-stand-in-key",
  HAWKER_ROOT_KEY: "hawker-stand-in-root",
};

/** As the inside of a string literal of whatever quotes the minifier chose, and of JSON text. */
const quoted = (value: string): string =>
  value.replace(/[^\w.:/{},\-+=]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);

const socket = (url: string): string => url.replace(/^http/, "ws");

/** The text of a built file with every stand-in replaced. */
export function stamped(text: string, addresses: Addresses): string {
  const pairs: [string, string][] = [
    [socket(STAND_INS.HAWKER_SUPABASE_URL), socket(addresses.HAWKER_SUPABASE_URL)],
    ...Object.entries(STAND_INS).map(([name, standIn]): [string, string] => [
      standIn,
      addresses[name as keyof Addresses],
    ]),
  ];
  return pairs.reduce((out, [standIn, own]) => out.replaceAll(standIn, () => quoted(own)), text);
}

type Manifest = {
  permissions: string[];
  optional_permissions: string[];
  host_permissions?: string[];
  optional_host_permissions: string[];
};

/** The manifest with what is asked for at Connect granted from the start. */
export function withHostsGranted(text: string): string {
  const { optional_permissions, optional_host_permissions, ...rest } = JSON.parse(text) as Manifest;
  return JSON.stringify({
    ...rest,
    permissions: [...rest.permissions, ...optional_permissions],
    host_permissions: optional_host_permissions,
  });
}
