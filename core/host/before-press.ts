/** Before a press: is it there already, and is the form filled? */
import { isFinal, isFreshlyRead, READING_MS, twinKeyOf } from "../posting/index.ts";
import { conclude } from "./after-press.ts";
import { type Run, stopEnding } from "./run.ts";

/** A reading is used while it is this much younger than the keeper takes: asking and pressing take time as well. */
const READING_LEFT_MS = 20_000;

export function mayPressOn(run: Run): boolean {
  // The keeper dated it: by a clock that lags a little it is younger than it can be.
  const now = Math.max(run.now(), run.posting.readingAt ?? 0);
  return isFreshlyRead(run.posting, run.fence, now, READING_MS - READING_LEFT_MS);
}

/** @param aside not in the page where the form stands. @returns whether to go on. */
export async function lookFirst(run: Run, aside: boolean): Promise<boolean> {
  const reading = await run.read(aside);
  if (!reading) return false;
  const { itemId, marker } = run.hands;
  const before = run.trace.before(run.posting, itemId, marker, reading, await run.hands.books());
  switch (before.kind) {
    case "go":
      await run.send({ kind: "looked", fence: run.fence, baseline: before.baseline });
      return true;
    case "listed": {
      const { externalId, url, status } = before.row;
      await run.tell({ kind: "found", externalId, url, by: "id", status });
      // Another posting of the item holds that row: it took this one's place.
      if (!isFinal(run.posting))
        await run.send({ kind: "fail", fence: run.fence, ending: { code: "superseded" } });
      return false;
    }
    case "alike":
      await run.ask("alike", { code: "several", count: before.rows.length }, before.rows);
      return false;
    case "twin":
      await run.requeue({ code: "waits-for-twin" }, run.restMs());
      return false;
    case "verdict":
      await conclude(run, before.verdict);
      return false;
    case "incomplete":
      await run.requeue({ code: "list-unreadable", why: before.why }, run.restMs());
      return false;
  }
}

/** From here on a form stands that a person may press. */
export async function beginToFill(run: Run): Promise<void> {
  if (run.posting.state !== "claimed") return;
  const { marker } = run.hands;
  await run.send({ kind: "fill", fence: run.fence, marker, twin: twinKeyOf(marker) });
}

export async function fillOrEnd(run: Run): Promise<"filled" | "pressed" | "over"> {
  await beginToFill(run);
  const filled = await run.hands.fill();
  if (filled.kind === "filled" || filled.kind === "pressed") return filled.kind;
  await run.endWith(filled.kind === "stopped" ? stopEnding(filled.stop) : filled.ending);
  return "over";
}
