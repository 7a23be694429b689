/** What came of the submit, by the marketplace's own signs on the page showing now. */
import type { OutcomeSigns } from "../../marketplace/marketplace.ts";
import type { Outcome, StopSign } from "../../plan/index.ts";
import { anyVisible, elementsAt } from "../find/locate.ts";
import { queryAll } from "../page/roots.ts";
import { linesOf } from "../page/text.ts";
import { waitFor } from "../page/wait.ts";
import { allRoots } from "../page/roots.ts";
import { stopSignOn } from "./stop-sign.ts";

type Seen = Outcome | { kind: "stopped"; stop: StopSign };

const group = (match: RegExpMatchArray | null, idGroup: number | undefined) =>
  idGroup === undefined ? null : (match?.[idGroup] ?? null);

function outcomeNow(document: Document, signs: OutcomeSigns): Seen | null {
  const url = document.location.href;
  const listed = listedBy(document, signs, url);
  if (listed) return listed;
  for (const locator of signs.rejected) {
    const [shown] = elementsAt(document, locator);
    if (shown)
      return {
        kind: "rejected",
        message: linesOf(shown).slice(0, 3).join(" ").slice(0, 300) || "The site refused the listing.",
      };
  }
  const stop = stopSignOn(document, signs);
  return stop ? { kind: "stopped", stop } : null;
}

/** Any one sign says listed; the id and address are taken from whichever sign carries them. */
function listedBy(document: Document, signs: OutcomeSigns, url: string): Outcome | null {
  let seen = false;
  let externalId: string | null = null;
  let link: string | null = null;
  for (const sign of signs.listed) {
    if ("urlPattern" in sign) {
      const match = url.match(new RegExp(sign.urlPattern));
      if (!match) continue;
      seen = true;
      externalId ??= group(match, sign.idGroup);
    } else if ("visible" in sign) seen ||= anyVisible(document, sign.visible);
    else {
      const pattern = new RegExp(sign.linkPattern);
      const anchor = queryAll(document, "a[href]").find((one) =>
        pattern.test((one as HTMLAnchorElement).href),
      ) as HTMLAnchorElement | undefined;
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
  ms: number,
  signal: AbortSignal,
): Promise<Seen> {
  const seen = await waitFor({
    roots: () => allRoots(document),
    look: () => outcomeNow(document, signs),
    ms,
    signal,
  });
  return seen ?? { kind: "unknown", message: "The page showed neither success nor refusal in time." };
}
