/** The page "Open tab" brings to the person; where there is none the button is not shown. */
import type { PostRow } from "./rows.ts";

/** `lists`: where the rows are that a question is about, or the page that stopped it. A form that is gone is filled anew. */
export const pageToOpen = ({
  tabId,
  posting: { question, ending },
  note,
}: Pick<PostRow, "posting" | "tabId" | "note">): "tab" | "lists" | null => {
  if (tabId !== null) return "tab";
  const isAbout = question?.kind === "there" || question?.kind === "alike";
  return isAbout || ending?.code === "stop" || note?.code === "stop" ? "lists" : null;
};
