/** What a run's error means for its posting. */
import { BrowserGone, endingOfError } from "#core/host/index.ts";
import type { AccountState } from "#core/job/index.ts";
import type { Ending, StopKind } from "#core/posting/index.ts";
import type { AccountRow } from "../data/accounts.ts";
import { translate } from "../browser/page-host.ts";
import { NoBrowserError } from "../browser/pool.ts";
import { PhotoError, PhotoMissingError } from "../photos/photo-source.ts";
import { SessionRefusedError } from "../sessions/open-account-session.ts";

/** The item cannot be listed there as it is. */
export class ItemProblemError extends Error {
  override name = "ItemProblemError";
}

/** What was kept of the job does not fit this version: no retry mends it. */
export class UnreadableJobError extends Error {
  override name = "UnreadableJobError";
}

export const endingOf = (cause: unknown, isStopping: boolean): { ending: Ending; crashed: boolean } => {
  const error = translate(cause);
  const ended = (ending: Ending, crashed = false) => ({ ending, crashed });
  if (isStopping) return ended({ code: "interrupted" });
  if (error instanceof BrowserGone) return ended({ code: "browser-gone" }, true);
  if (error instanceof NoBrowserError) return ended({ code: "browser-gone" });
  if (error instanceof ItemProblemError) return ended({ code: "item", message: error.message });
  if (error instanceof UnreadableJobError) return ended({ code: "item", message: error.message });
  if (error instanceof PhotoMissingError) return ended({ code: "photo", message: error.message });
  if (error instanceof PhotoError) return ended({ code: "item", message: error.message });
  if (error instanceof SessionRefusedError) return ended({ code: "account", message: error.message });
  return ended(endingOfError(error));
};

export type Health = { status: AccountState; reason: string | null; replay?: "yes" | "no" };

const STOP_HEALTH: Record<Exclude<StopKind, "login">, { status: AccountState; reason: string } | null> = {
  captcha: { status: "needs_human", reason: "The site asks for a captcha. Continue in your own browser." },
  checkpoint: {
    status: "needs_human",
    reason: "The site wants to check that it is you. Continue in your own browser.",
  },
  block: {
    status: "blocked",
    reason: "The site has blocked this account. See its message in your own browser.",
  },
  limit: null,
};

/** A session does not end by itself this soon after it was taken from a browser that was logged in with it. */
const FRESH_MS = 3_600_000;

/** A login asked for, of a session that was never used from here: it may have ended, or be that browser's alone. */
const loginHealth = (account: AccountRow, site: string, now: number): Health => {
  if (account.replay !== "unknown")
    return {
      status: "expired",
      reason: "The site asks to log in. Log in there in your browser, then connect the account again.",
    };
  const age = account.captured_at === null ? NaN : now - Date.parse(account.captured_at);
  if (age < FRESH_MS)
    return {
      status: "needs_human",
      replay: "no",
      reason: `${site} asked the cloud to log in although this login was taken from your browser just now: it cannot be used from the cloud. Post from your own tabs.`,
    };
  return {
    status: "expired",
    reason: `${site} asked the cloud to log in. Either this login has ended, or ${site} accepts it from your browser alone. Log in there, connect this account again and press "Check now".`,
  };
};

/** What an ending says of the account, when it says anything. @param site the channel's name. */
export const healthOf = (ending: Ending, account: AccountRow, site: string, now: number): Health | null => {
  if (ending.code === "stop")
    return ending.stop === "login" ? loginHealth(account, site, now) : STOP_HEALTH[ending.stop];
  if (ending.code === "wrong-login")
    return {
      status: "needs_human",
      reason: "The stored session is signed in as someone else. Connect this account again.",
    };
  if (ending.code === "account") return { status: "needs_human", reason: ending.message };
  return null;
};
