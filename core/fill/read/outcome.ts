/** What came of the submit, by the marketplace's own signs on the page showing now. */
import type { OutcomeSigns } from "../../marketplace/marketplace.ts";
import type { Outcome, StopSign } from "../../plan/index.ts";
import { anyVisible } from "../find/locate.ts";
import { queryAll } from "../page/roots.ts";
import { linesOf } from "../page/text.ts";
import { waitFor } from "../page/wait.ts";
import { allRoots } from "../page/roots.ts";
import { type OldRefusal, refusalShown } from "./old-refusal.ts";
import { stopSignOn } from "./stop-sign.ts";

type Seen = Outcome | { kind: "stopped"; stop: StopSign };

const group = (match: RegExpMatchArray | null, idGroup: number | undefined) =>
  idGroup === undefined ? null : (match?.[idGroup] ?? null);

function outcomeNow(
  document: Document,
  signs: OutcomeSigns,
  known: ReadonlySet<string>,
  old: OldRefusal,
): Seen | null {
  const listed = listedBy(document, signs, known);
  if (listed) return listed;
  const shown = refusalShown(document, signs);
  if (shown && !old.is(shown)) {
    const message = linesOf(shown).slice(0, 3).join(" ").slice(0, 300) || "The site refused the listing.";
    return { kind: "rejected", message };
  }
  const stop = stopSignOn(document, signs);
  return stop ? { kind: "stopped", stop } : null;
}

/**
 * Any one sign says listed; the id and address are taken from whichever sign carries them. What names a listing that was
 * there before is no sign: thank-you pages link to older ones too.
 */
function listedBy(document: Document, signs: OutcomeSigns, known: ReadonlySet<string>): Outcome | null {
  let seen = false;
  let externalId: string | null = null;
  let link: string | null = null;
  for (const sign of signs.listed) {
    if ("urlPattern" in sign) {
      const match = document.location.href.match(new RegExp(sign.urlPattern));
      const id = group(match, sign.idGroup);
      if (!match || (id !== null && known.has(id))) continue;
      seen = true;
      externalId ??= id;
    } else if ("visible" in sign) seen ||= anyVisible(document, sign.visible);
    else {
      const pattern = new RegExp(sign.linkPattern);
      const anchor = (queryAll(document, "a[href]") as HTMLElement[] as HTMLAnchorElement[]).find(
        ({ href }) => {
          const match = href.match(pattern);
          return match !== null && !known.has(group(match, sign.idGroup) ?? "");
        },
      );
      if (!anchor) continue;
      seen = true;
      link ??= anchor.href;
      externalId ??= group(anchor.href.match(pattern), sign.idGroup);
    }
  }
  // The page that says thanks is not the listing's address: without a link the host builds that from the id.
  return seen ? { kind: "listed", externalId, url: link } : null;
}

export async function readOutcome(
  document: Document,
  signs: OutcomeSigns,
  known: readonly string[],
  ms: number,
  signal: AbortSignal,
  old: OldRefusal,
): Promise<Seen> {
  const before = new Set(known);
  const seen = await waitFor({
    roots: () => allRoots(document),
    look: () => outcomeNow(document, signs, before, old),
    ms,
    signal,
  });
  return seen ?? { kind: "unknown", message: "The page showed neither success nor refusal in time." };
}
