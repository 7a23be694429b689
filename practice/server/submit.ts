/**
 * What becomes of a submit, in one order on every site: stopped, refused, or made, and then the ways in which its answer
 * gets lost. The sites say what each of these looks like.
 */
import type { ListingFields } from "../ledger-entry.ts";
import type { Fault } from "./faults.ts";
import { badGateway, loseReply } from "./broken-answers.ts";
import type { SiteContext } from "./site-context.ts";
import type { Session } from "./sessions.ts";
import type { World } from "./world.ts";

const stops = ["session-expired", "captcha", "checkpoint", "block", "limit-reached"] as const;
export type Stop = (typeof stops)[number];

interface Submit {
  readonly session: Session;
  readonly fields: ListingFields;
  readonly photos: number;
  /** What is wrong with it, in the site's words. */
  readonly problems: readonly string[];
  /** Makes the listing, or changes the one that is being edited. */
  commit(): Promise<void>;
}

type Reply = Response | Promise<Response>;
interface SubmitReplies {
  stopped(stop: Stop): Reply;
  refused(problems: readonly string[]): Reply;
  /** Success, or what the site says at success. */
  made(): Reply;
  /** An error of its own making, as a page or as an answer to its script. */
  broken(): Reply;
}

const isStruck = (world: World, { site, account }: Session, stop: Stop): Fault | null =>
  world.faults.strike(site, account.handle, stop, stop === "limit-reached" ? undefined : "submit");

export async function takeSubmit(
  c: SiteContext,
  world: World,
  submit: Submit,
  replies: SubmitReplies,
): Promise<Response> {
  const { session, fields, photos, problems } = submit;
  const { site, account } = session;
  const strike = (name: Fault["fault"]) => world.faults.strike(site, account.handle, name);

  for (const stop of stops) {
    const fault = isStruck(world, session, stop);
    if (!fault) continue;
    if (fault.commit) await submit.commit();
    else await world.refuse(session, fields, photos, [stop]);
    if (stop === "session-expired")
      await world.sessions.endAll(site, account.handle, "fault: session-expired");
    return replies.stopped(stop);
  }
  if (problems.length) {
    await world.refuse(session, fields, photos, problems);
    return replies.refused(problems);
  }
  const late = strike("late-commit");
  if (late) {
    world.faults.whenOver(late, late.ms, () => void submit.commit());
    return loseReply(c);
  }
  await submit.commit();
  return answerMade(c, world, submit, replies);
}

async function answerMade(
  c: SiteContext,
  world: World,
  { session }: Submit,
  replies: SubmitReplies,
): Promise<Response> {
  const { site, account } = session;
  const strike = (name: Fault["fault"]) => world.faults.strike(site, account.handle, name);
  if (strike("reply-lost")) return loseReply(c);
  if (strike("500-after-commit")) return replies.broken();
  const down = strike("502-after-commit");
  if (down) {
    const { ms, account: only } = down;
    const narrowed = {
      ...(ms === undefined ? {} : { ms }),
      ...(only === undefined ? {} : { account: only }),
    };
    world.setFault({ site, fault: "site-down", ...narrowed });
    return badGateway(c);
  }
  const slow = strike("reply-late");
  if (slow) await new Promise<void>((go) => world.faults.whenOver(slow, slow.ms, go));
  return replies.made();
}
