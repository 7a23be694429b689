/** `npm run build`: the store-ready zip. Addresses come from the environment; the pinned root key must be given. */
import { spawnSync } from "node:child_process";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { stackKeys } from "#supabase/local/keys.ts";
import { knownPort } from "#supabase/local/ports.ts";
import { ensureDevKeys } from "./dev-keys.ts";

const { values } = parseArgs({ options: { help: { type: "boolean", short: "h" } } });
if (values.help) {
  console.log(`npm run build

Builds and zips the extension into .output/. For the store, set:
  HAWKER_API_URL       https://api.example.com
  HAWKER_SUPABASE_URL  https://PROJECT.supabase.co
  HAWKER_SUPABASE_KEY  sb_publishable_...
  HAWKER_ROOT_KEY      public JWK of the key that signs the key manifest
Without them the build talks to the stack that npm start runs on this machine, and says so.`);
  process.exit(0);
}

const root = path.resolve(import.meta.dirname, "..");
const wanted = ["HAWKER_API_URL", "HAWKER_SUPABASE_URL", "HAWKER_SUPABASE_KEY", "HAWKER_ROOT_KEY"];
const missing = wanted.filter((name) => !process.env[name]);
const env = { ...process.env };
if (missing.length === wanted.length) {
  const dir = path.join(root, ".hawker");
  const [api, supabase] = await Promise.all([knownPort(dir, "api"), knownPort(dir, "supabase")]);
  if (api === null || supabase === null)
    console.log("npm start never ran here: this build reaches nothing until it is built again after it did.");
  const keys = await ensureDevKeys(path.join(dir, "keys"), { env: "local" });
  Object.assign(env, {
    HAWKER_API_URL: `http://127.0.0.1:${api ?? 8787}`,
    HAWKER_SUPABASE_URL: `http://127.0.0.1:${supabase ?? 54321}`,
    HAWKER_SUPABASE_KEY: (await stackKeys(dir)).publishableKey,
    HAWKER_ROOT_KEY: JSON.stringify(keys.rootPublicJwk),
    HAWKER_ENV: "local",
  });
  console.log(
    "No addresses given: this build is for the local stack, not for the store (npm run build -- --help).",
  );
} else if (missing.length > 0) {
  console.error(`Not built: ${missing.join(", ")} missing. Set all four, or none for a local build.`);
  process.exit(2);
}
const isForStore = missing.length === 0;
if (isForStore) env["HAWKER_STORE"] = "1";
const wxt = spawnSync(path.join(root, "node_modules", ".bin", "wxt"), ["zip"], {
  cwd: root,
  env,
  stdio: "inherit",
});
if (wxt.status !== 0) process.exit(wxt.status ?? 1);
const out = path.join(root, ".output");
for (const name of await readdir(out)) {
  if (name.endsWith(".zip"))
    console.log(
      `\n.output/${name}  ${Math.round((await stat(path.join(out, name))).size / 1024)} kB. ${isForStore ? "Next: upload it at the Chrome Web Store; the id it gives goes into the API's HAWKER_ALLOWED_ORIGINS." : "Next: load .output/chrome-mv3 unpacked."}`,
    );
}
