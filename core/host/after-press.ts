/** After a press nothing is pressed any more: what the site says is told first, then it is looked for. */
import {
  isFinal,
  nextLookMs,
  nextTryMs,
  type PostingEvent,
  type Reading,
  type Verdict,
  pressedByPerson,
} from "../posting/index.ts";
import type { Hands, SiteAnswer } from "./hands.ts";
import { type Run, stopEnding } from "./run.ts";

/** In the same run. @param attempt null when it was the person's press. */
export async function judge(run: Run, attempt: number | null): Promise<void> {
  const seen = await tellSiteAnswer(run.hands, (event) => run.tell(event));
  // Until the site's word is on record the page that says it stays as it is: whoever goes on after a death asks it again.
  const reading = await readAfter(run, seen.kind !== "listed");
  const verdict = reading && run.trace.after(run.posting, reading, await run.hands.books());
  if (verdict?.kind === "found") await tellFound(run, verdict);
  if (isFinal(run.posting)) return;
  const isCandidate = verdict?.kind === "candidates";
  if (attempt !== null && run.posting.state === "submitting") {
    if (seen.kind === "rejected" && !isCandidate)
      return run.send({ kind: "said-no", fence: run.fence, attempt, message: seen.message });
    await run.tell({ kind: "pressed", attempt });
  }
  if (isCandidate) return conclude(run, verdict);
  if (seen.kind === "stopped") await run.ask("stop", stopEnding(seen.stop));
}

/** Where nobody drives: a press by hand is told at once. Whoever claims it next goes on looking. */
export async function tellPressByHand(
  hands: Pick<Hands, "marker" | "policy" | "send" | "siteAnswer">,
  baseline: string[] | null,
): Promise<SiteAnswer> {
  await hands.send(pressedByPerson(hands.marker, hands.policy, baseline));
  return tellSiteAnswer(hands, (event) => hands.send(event));
}

/** What the site says to a press, told before anything is concluded from it. */
async function tellSiteAnswer(
  hands: Pick<Hands, "siteAnswer">,
  tell: (event: PostingEvent) => Promise<unknown>,
): Promise<SiteAnswer> {
  const seen = await siteAnswer(hands);
  if (seen.kind !== "listed") return seen;
  const { externalId, url } = seen;
  await tell({ kind: "said-listed", externalId, url });
  return seen;
}

async function siteAnswer(hands: Pick<Hands, "siteAnswer">): Promise<SiteAnswer> {
  try {
    return await hands.siteAnswer();
  } catch (error) {
    return { kind: "unknown", message: error instanceof Error ? error.message : String(error) };
  }
}

/** A glance right after the press finds or tells nothing: whatever goes wrong with it, the press is what counts. */
async function readAfter(run: Run, aside: boolean): Promise<Reading | null> {
  try {
    const read = await run.hands.read(aside, { anchors: [], firstPageOnly: true });
    return "stopped" in read || !run.isOurs(read) ? null : read;
  } catch {
    return null;
  }
}

/** One look for what may have been posted. */
export async function lookFor(run: Run): Promise<void> {
  const reading = await run.read(false);
  if (!reading) return;
  const marker = run.posting.marker ?? run.hands.marker;
  await conclude(run, run.trace.after({ ...run.posting, marker }, reading, await run.hands.books()));
}

function tellFound(run: Run, { row, by }: Extract<Verdict, { kind: "found" }>): Promise<void> {
  const { externalId, status } = row;
  return run.tell({ kind: "found", externalId, url: run.posting.sign?.url ?? row.url, by, status });
}

export async function conclude(run: Run, verdict: Verdict): Promise<void> {
  const { posting, fence } = run;
  const { lookMs } = run.hands;
  switch (verdict.kind) {
    case "found": {
      // What had ended already is not decided by a likeness.
      if (verdict.by === "likeness" && posting.closedAt !== null)
        return run.ask("there", { code: "late-row" }, [verdict.row]);
      await tellFound(run, verdict);
      if (run.posting.state !== "unknown") return;
      // The row is somebody else's by now.
      const againInMs = nextTryMs(posting, lookMs, run.now());
      return run.send({ kind: "unreadable", fence, why: "row-taken", againInMs });
    }
    case "candidates":
      return run.ask("there", { code: "several", count: verdict.rows.length }, verdict.rows);
    case "absent": {
      const againInMs = nextLookMs(posting, lookMs, run.now());
      return run.send({ kind: "absent", fence, unexplained: verdict.unexplained, againInMs });
    }
    case "incomplete": {
      const againInMs = nextTryMs(posting, lookMs, run.now());
      return run.send({ kind: "unreadable", fence, why: verdict.why, againInMs });
    }
  }
}
