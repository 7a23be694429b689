/**
 * The extension's build and manifest. Invariants:
 * - no host permission at install: each marketplace is asked for at its Connect button, with `cookies`;
 * - nothing is loaded or evaluated from elsewhere; `connect-src` is our own service.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig, type UserManifest } from "wxt";
import { CHANNEL_IDS, marketplaceOf } from "./marketplaces/index.ts";

/** Public half of the key that fixes the extension's id: kaafmeaoileogllgjilgdcphkabcdomd. Its private half was not kept. */
const KEY =
  "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAyxVukX+HngdB2WYOnSi5b3CPfGLuuvw30mD/9WoXd8QabC2cQsftTCRSejjX2ppjDYGrq6TgZ+wBIvzWcIu7pJn+WiPHkNP0NdoVlaEGWNmFB4gKCP3S588PqQVWn51Mbb1kRZ2Svc2xHo6hg17GMBFQRW0GYET4yyT3M2a6jaIt2mX1TYw7X2yFArv8nO9czzZ/7h9gx6wvXLJOP9e6IG9wqMrlMK8UE956i4uDCxfINYLd5ckyXfcNguaD5ZCUSLF6tUOtv9iyTjxfYJ6qkZASCFvIlDHF461sRW0KdnE73XGWs8imQK6xcq9ECG+s4PqM42+I3AmcrX9MHl4YlQIDAQAB";

/** Set when the package is built; a package is for one service. */
const BUILD = {
  HAWKER_API_URL: process.env.HAWKER_API_URL ?? "http://127.0.0.1:8787",
  HAWKER_SUPABASE_URL:
    process.env.HAWKER_SUPABASE_URL ?? process.env.SUPABASE_URL ?? "http://127.0.0.1:54321",
  HAWKER_SUPABASE_KEY:
    process.env.HAWKER_SUPABASE_KEY ?? process.env.SUPABASE_PUBLISHABLE_KEY ?? "sb_publishable_local",
  /** The pinned root, a public P-256 JWK as JSON; empty: nothing can be sealed, the tab driver alone works. */
  HAWKER_ROOT_KEY: process.env.HAWKER_ROOT_KEY ?? "",
  HAWKER_ENV: process.env.HAWKER_ENV ?? "local",
};

const origin = (url: string): string => new URL(url).origin;
const socket = (url: string): string => origin(url).replace(/^http/, "ws");

const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "form-action 'none'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  `connect-src 'self' blob: data: ${[...new Set([origin(BUILD.HAWKER_API_URL), origin(BUILD.HAWKER_SUPABASE_URL), socket(BUILD.HAWKER_SUPABASE_URL)])].join(" ")}`,
].join("; ");

const manifest = (): UserManifest => {
  const hosts = CHANNEL_IDS.flatMap((id) => marketplaceOf(id).identity.hostPermissions);
  return {
    name: "Hawker: list once, sell everywhere",
    short_name: "Hawker",
    description:
      "List an item once and post it to Facebook Marketplace, Mercari and Craigslist from your own browser.",
    // The store gives its packages a key of its own and takes none.
    ...(process.env.HAWKER_STORE ? {} : { key: KEY }),
    minimum_chrome_version: "120",
    // unlimitedStorage: photo originals of an inventory pass the default quota within a few dozen items.
    permissions: ["storage", "unlimitedStorage", "alarms", "scripting", "sidePanel", "notifications"],
    optional_permissions: ["cookies"],
    optional_host_permissions: hosts,
    content_security_policy: { extension_pages: contentSecurityPolicy },
    action: { default_title: "Hawker" },
    side_panel: { default_path: "sidepanel.html" },
    incognito: "not_allowed",
  };
};

/**
 * The HEIC decoder as a file of the package. heic-to keeps it as a string literal for a blob worker, which `script-src 'self'`
 * refuses; the literal's value is written out unchanged.
 */
const heicDecoder = (): string => {
  const source = readFileSync(createRequire(import.meta.url).resolve("heic-to/csp"), "utf8");
  const literal = /let r=('(?:[^'\\]|\\.)*'),t=new Blob\(\[r\]/s.exec(source)?.[1];
  if (!literal)
    throw new Error("heic-to is built differently now: find its worker's source again (wxt.config.ts).");
  return new Function(`return ${literal}`)() as string;
};

export default defineConfig({
  srcDir: "extension",
  outDir: process.env.HAWKER_OUT_DIR ?? ".output", // another folder, so that two builds at once do not meet
  outDirTemplate: "{{browser}}-mv{{manifestVersion}}{{modeSuffix}}",
  publicDir: "extension/public",
  imports: false,
  modules: ["@wxt-dev/module-react"],
  manifest: manifest(),
  zip: {
    artifactTemplate: "hawker-{{version}}-{{browser}}.zip",
    sourcesTemplate: "hawker-{{version}}-sources.zip",
  },
  vite: ({ mode }) => ({
    // WXT brings a Vite of its own; the plugin is typed against ours and works with both.
    plugins: [tailwindcss() as never],
    define: Object.fromEntries(Object.entries(BUILD).map(([name, value]) => [name, JSON.stringify(value)])),
    build: { target: "chrome120", sourcemap: mode === "development" },
  }),
  hooks: {
    "build:publicAssets": (_wxt, files) => {
      files.push({ relativeDest: "heic-decoder.js", contents: heicDecoder() });
    },
    "build:manifestGenerated": (_wxt, built) => {
      // WXT puts registered-at-runtime scripts' hosts into host_permissions; ours come with consent, never at install.
      delete built.host_permissions;
    },
  },
});
