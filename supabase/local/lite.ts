/** Supabase's auth, data and storage interfaces, in this process, on our Postgres. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { App, setExperimental, type EmailMessage } from "@supabase/lite";
import { createPostgresConnection } from "@supabase/lite/postgres";
import type { StackKeys } from "./keys.ts";
import {
  hostedTypes,
  keepErrorCodes,
  keepOwnGrants,
  settingsInOneTrip,
  useStorageAdapter,
} from "./lite-gaps.ts";
import { storageFiles } from "./storage-files.ts";

process.env["LITE_TELEMETRY"] = "0";

/** The same text as a hosted project is given (README). */
const RESET_MAIL = join(import.meta.dirname, "..", "mails", "reset-password.html");

/** What a person reads of a mail. */
const textOf = (html: string): string =>
  html
    .replace(/<style[\s\S]*?<\/style>|<[^>]+>/g, "")
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .join("\n");

/** Mails (the code that resets a password) are files in `.hawker/mail`, newest last by name: nothing leaves the machine. */
const mailFolder = (dir: string) => {
  let count = 0;
  return {
    async send({ to, subject, html, text }: EmailMessage): Promise<void> {
      await mkdir(join(dir, "mail"), { recursive: true });
      const name = `${Date.now()}-${String(count++).padStart(4, "0")}.txt`;
      const lines = [`To: ${String(to)}`, `Subject: ${subject}`, "", html ? textOf(html) : text, ""];
      await writeFile(join(dir, "mail", name), lines.join("\n"));
    },
  };
};

/** Queries under way when the stack stops get this long. */
const DRAIN_SECONDS = 2;

export type Lite = { app: App; close: () => Promise<void> };

/** @param options.dir the local state folder: photos and mails go there. */
export const createLite = async (options: {
  databaseUrl: string;
  origin: string;
  dir: string;
  keys: Pick<StackKeys, "jwtSecret" | "publishableKey" | "secretKey">;
}): Promise<Lite> => {
  setExperimental("storage", true);
  process.env["EXPERIMENTAL_STORAGE"] = "1";
  const connection = createPostgresConnection({
    url: options.databaseUrl,
    postgresOptions: { max: 20, onnotice: () => undefined, types: hostedTypes },
  });
  const app = new App({
    connection,
    api: { enabled: true, schemas: ["public"], max_rows: 1000 },
    auth: {
      enabled: true,
      enable_signup: true,
      site_url: options.origin,
      additional_redirect_urls: ["chrome-extension://**", "http://127.0.0.1:*/**"],
      jwt_secret: options.keys.jwtSecret,
      publishable_key: options.keys.publishableKey,
      secret_key: options.keys.secretKey,
      jwt_expiry: 3600,
      minimum_password_length: 8,
      email: {
        enable_signup: true,
        enable_confirmations: false,
        max_frequency: "1s",
        template: { recovery: { subject: "Your code for a new Hawker password", content_path: RESET_MAIL } },
      },
    },
    storage: { enabled: true, file_size_limit: "25MiB" },
    options: {
      server: { admin: false, disableStudio: true },
      drivers: { email: mailFolder(options.dir) },
    },
  } as never) as unknown as App;
  keepOwnGrants(connection);
  keepErrorCodes(connection);
  settingsInOneTrip(connection);
  useStorageAdapter(app, storageFiles(join(options.dir, "storage")));
  // Its own `close` waits for transactions whose caller is gone and which nobody will end.
  return { app, close: () => connection.driver.end({ timeout: DRAIN_SECONDS }) };
};
