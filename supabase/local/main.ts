/**
 * `node supabase/local/main.ts`: runs the local stack until Ctrl-C; prints one JSON line when it is ready. What is printed
 * ends up in terminals and log files, so it names the file with the secrets and holds none.
 */
import { parseArgs } from "node:util";
import { join } from "node:path";
import { writeSecrets } from "./secrets-file.ts";
import { startStack } from "./stack.ts";

const HELP = `Usage: node supabase/local/main.ts [--dir FOLDER]

Runs Postgres with Supabase's auth, data, storage and realtime interfaces on this machine.
When ready it prints one line of JSON: url, publishableKey, ports, startedInMs, and secretsFile, which only you can
read: secretKey, jwtSecret, adminDatabaseUrl, workerDatabaseUrl. Ctrl-C stops it clean.

  --dir FOLDER   where the data lives (default: .hawker in the repository)
Next: put url and publishableKey into SUPABASE_URL and SUPABASE_PUBLISHABLE_KEY.`;

const { values } = parseArgs({ options: { dir: { type: "string" }, help: { type: "boolean", short: "h" } } });
if (values.help) {
  console.log(HELP);
} else {
  const dir = values.dir ?? join(import.meta.dirname, "..", "..", ".hawker");
  const stack = await startStack({ dir });
  const { close, url, publishableKey, ports, startedInMs } = stack;
  const secretsFile = await writeSecrets(dir, stack);
  console.log(JSON.stringify({ url, publishableKey, ports, secretsFile, startedInMs }));
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      close().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error);
          process.exit(1);
        },
      );
    });
  }
}
