/** What an error means that a host has no word of its own for. Whatever is not known to be the site's fault is ours. */
import type { Ending } from "../posting/index.ts";
import { PageUnreadable } from "./host.ts";

const LONGEST = 400;

/** The first line, as long as it may be told. */
const messageOf = (error: unknown): string => {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split("\n", 1)[0] ?? "").slice(0, LONGEST).toWellFormed();
};

export const endingOfError = (error: unknown): Ending => ({
  code: error instanceof PageUnreadable ? "unreachable" : "bug",
  message: messageOf(error),
});
