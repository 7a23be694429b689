/** `npm run migrate:queue`: installs or updates the queue's schema in the database of HAWKER_ADMIN_DATABASE_URL. */
import { installQueue } from "./local/queue.ts";

if (process.argv.includes("--help") || process.argv.includes("-h")) {
  console.log(`Usage: HAWKER_ADMIN_DATABASE_URL=postgres://... node supabase/migrate-queue.ts
Run after the migrations, and after every update of graphile-worker. The local stack does it by itself.
Next: alter role hawker_worker password '...'; and start the worker with DATABASE_URL.`);
} else {
  const url = process.env["HAWKER_ADMIN_DATABASE_URL"];
  if (!url) {
    console.error("Set HAWKER_ADMIN_DATABASE_URL to the database owner's address.");
    process.exitCode = 1;
  } else {
    await installQueue(url);
    console.log("The queue is installed.");
  }
}
