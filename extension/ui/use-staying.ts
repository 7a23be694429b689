import { useState } from "react";

type Staying = { of: string; ids: ReadonlySet<string> };

/**
 * What passed once stays in its place while the list is looked at: where a row that was dealt with went at once, the next one's
 * buttons would come under the hand that has just pressed.
 * @param of another list begins anew, as when another filter is chosen.
 */
export function useStaying(passing: readonly string[], of = ""): ReadonlySet<string> {
  const [kept, setKept] = useState<Staying>({ of, ids: new Set(passing) });
  const isSame = kept.of === of;
  if (isSame && passing.every((id) => kept.ids.has(id))) return kept.ids;
  const now: Staying = { of, ids: new Set([...(isSame ? kept.ids : []), ...passing]) };
  setKept(now);
  return now.ids;
}
