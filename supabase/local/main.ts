/** `node supabase/local/main.ts`: runs the local stack until Ctrl-C; prints one JSON line when it is ready. */
import { parseArgs } from "node:util";
import { join } from "node:path";
import { startStack } from "./stack.ts";

const HELP = `Usage: node supabase/local/main.ts [--dir FOLDER]

Runs Postgres with Supabase's auth, data, storage and realtime interfaces on this machine.
When ready it prints one line of JSON: url, keys, database URLs, ports, startedInMs. Ctrl-C stops it clean.

  --dir FOLDER   where the data lives (default: .hawker in the repository)
Next: put url and publishableKey into SUPABASE_URL and SUPABASE_PUBLISHABLE_KEY.`;

const { values } = parseArgs({ options: { dir: { type: "string" }, help: { type: "boolean", short: "h" } } });
if (values.help) {
  console.log(HELP);
} else {
  const stack = await startStack({ dir: values.dir ?? join(import.meta.dirname, "..", "..", ".hawker") });
  const { close, ...facts } = stack;
  console.log(JSON.stringify(facts));
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
