/** The finder as a tool: every control of a page and what it is taken for by meaning alone; and filling what is sure. */
import { CATEGORIES } from "../../item/categories.ts";
import type { FoundControl, PhaseResult, StepReport } from "../../plan/index.ts";
import { claimsOf, type Claim } from "./assign.ts";
import { controlsOf } from "../find/controls.ts";
import { cssPath } from "./css-path.ts";
import { Reader } from "./reading.ts";
import { withLooseOpeners } from "./loose-openers.ts";
import type { PageSession } from "../page/session.ts";
import { typeOf } from "../page/roots.ts";
import { writeMenu } from "../write/write-menu.ts";
import { pickOffered } from "../write/options.ts";
import { checkboxesValue, radioValue } from "../write/radio.ts";
import { richTextOf } from "../write/rich-text.ts";
import { shownBy } from "../write/shown.ts";
import { isOn } from "../write/switch.ts";
import { chipsShown } from "../write/chips.ts";
import { fits, readsBack, writeValue, type PhotoMemory } from "../write/write-value.ts";
import { writeText } from "../write/text.ts";
import { photosHeld } from "../write/previews.ts";
import { isRefused, refused, type Refused, type Written } from "../write/written.ts";
import { wantedFor, type MeaningItem, type Wanted } from "./values.ts";

const round = (value: number) => Math.round(value * 10) / 10;

export const claimsOn = (document: Document): Claim[] => {
  const reader = new Reader();
  return claimsOf(withLooseOpeners(document, controlsOf(document), reader), reader);
};

/** What the control holds now, as text. */
function valueShown({ control, meaning }: Pick<Claim, "control" | "meaning">): string | null {
  const { element, kind } = control;
  if (typeOf(element) === "password") return null;
  if (kind === "photos")
    return element.matches("input") ? `${(element as HTMLInputElement).files?.length ?? 0} files` : null;
  if (kind === "radio") return radioValue(control);
  if (kind === "checkboxes") return checkboxesValue(control);
  if (kind === "switch") {
    const on = isOn(element);
    return on === null ? null : String(on);
  }
  if (kind === "richText") return richTextOf(element);
  if (kind === "select") return (element as HTMLSelectElement).selectedOptions[0]?.text.trim() ?? "";
  if (kind === "listbox" || kind === "opener") return element.innerText.trim() || (shownBy(control)[0] ?? "");
  const value = (element as HTMLInputElement).value;
  if (meaning === "tags" && value === "") return chipsShown(element).join(", ");
  return value || (kind === "combobox" ? (shownBy(control).at(-1) ?? "") : value);
}

export const foundControl = (claim: Claim, more: Partial<FoundControl> = {}): FoundControl => ({
  selector: cssPath(claim.control.element),
  label: claim.label
    .replace(/\s+/g, " ")
    .replace(/[\s*:]+$/, "")
    .slice(0, 120),
  kind: claim.control.kind,
  field: claim.field === "priceFloor" ? null : claim.field,
  score: round(claim.score),
  margin: round(claim.margin),
  votes: claim.votes.map(({ name, weight }) => ({ name, weight: round(weight) })),
  status: claim.status,
  ...(claim.reason ? { reason: claim.reason } : {}),
  readBack: claim.status === "forbidden" ? null : valueShown(claim),
  ...more,
});

export type MeaningInput = { item: MeaningItem; photoIds: readonly string[] };
export type MeaningRun = { result: PhaseResult; controls: FoundControl[] };

const pathOf = (category: string | null | undefined): readonly string[] =>
  category ? ((CATEGORIES as Record<string, readonly string[]>)[category] ?? category.split(/\s*>\s*/)) : [];

/** Photos and choices first: they are what makes pages draw more fields, or overwrite some. */
const ORDER = ["photos", "category", "brand", "condition", "size", "colors", "title", "price"];
const rank = (claim: Claim) => ORDER.indexOf(claim.meaning ?? "") + 1 || 99;

export async function fillByMeaning(
  session: PageSession,
  input: MeaningInput,
  photos: PhotoMemory,
): Promise<MeaningRun> {
  const tried = new Map<HTMLElement, { wanted: Wanted; written: Written; claim: Claim }>();
  const reports: StepReport[] = [];
  const category = pathOf(input.item.category);
  for (let round = 0; round < 3; round++) {
    const claims = claimsOn(session.document).filter(
      (claim) => claim.status === "sure" && !tried.has(claim.control.element),
    );
    const done = new Set([...tried.values()].map(({ claim }) => claim.meaning));
    let wrote = false;
    for (const claim of claims.sort((a, b) => rank(a) - rank(b))) {
      if (done.has(claim.meaning) && claim.meaning !== null && !/Shipping$/.test(claim.meaning)) continue;
      const wanted = wantedFor(claim, input.item, input.photoIds, category);
      if (!wanted || !claim.control.element.isConnected || !fits(wanted.value, claim.control)) continue;
      session.stepId = claim.field ?? "";
      const began = performance.now();
      let written = wanted.allows
        ? await writeMenu(
            session,
            claim.control,
            (offered) => {
              const query =
                wanted.value.kind === "choice" || wanted.value.kind === "search" ? wanted.value.accept : [];
              const allowed = offered.filter((one) => wanted.allows?.(one.text));
              return (
                pickOffered(query, allowed) ??
                (new Set(allowed.map((one) => one.text)).size === 1 ? (allowed[0] ?? null) : null)
              );
            },
            wanted.value.kind === "search" ? { query: wanted.value.query } : {},
          )
        : await writeAnew(session, claim, wanted, photos);
      if (isRefused(written)) written = (await secondBest(session, claim, wanted, written)) ?? written;
      tried.set(claim.control.element, { wanted, written, claim });
      wrote = true;
      reports.push(reportOf(claim, written, performance.now() - began));
      session.tell({
        index: reports.length - 1,
        total: claims.length,
        step: reports.at(-1) as StepReport,
      });
    }
    if (!wrote) break;
    await session.settled();
  }
  for (const { wanted, written, claim } of tried.values()) {
    // What the page overwrote meanwhile is written once more.
    if (
      isRefused(written) ||
      wanted.allows ||
      wanted.value.kind === "photos" ||
      !claim.control.element.isConnected
    )
      continue;
    if (readsBack(claim.control, wanted.value, undefined) === false)
      await writeValue(session, claim.control, wanted.value, photos);
  }
  await session.settled();
  return {
    result: { kind: "complete", steps: reports },
    controls: controlsAfter(session.document, tried, photos),
  };
}

/** Photos that are there already are somebody's: of a listing being edited, perhaps. They are not made way for here. */
const writeAnew = (
  session: PageSession,
  { control }: Claim,
  { value }: Wanted,
  photos: PhotoMemory,
): Promise<Written> | Refused =>
  value.kind === "photos" && photosHeld(session.document, control).length > 0
    ? refused("photos-rejected", "the form holds photos already", 0)
    : writeValue(session, control, value, photos);

/** What is still right when the first way was refused: typed text where nothing was offered; one photo in a field for one. */
async function secondBest(
  session: PageSession,
  claim: Claim,
  wanted: Wanted,
  { refused: reason }: Refused,
): Promise<Written | null> {
  const { element } = claim.control;
  if (
    wanted.value.kind === "search" &&
    reason === "option-missing" &&
    FREE.has(claim.meaning ?? "") &&
    !element.hasAttribute("aria-controls")
  ) {
    return writeText(session, element as HTMLInputElement, wanted.value.query);
  }
  const files = (element as HTMLInputElement).files;
  return wanted.value.kind === "photos" && files?.length === 1 && !(element as HTMLInputElement).multiple
    ? { verified: true, attempts: 1 }
    : null;
}
/** Fields whose text is as good as a choice. */
const FREE = new Set<string>(["brand", "material", "city"]);

function controlsAfter(
  document: Document,
  tried: Map<HTMLElement, { wanted: Wanted; written: Written; claim: Claim }>,
  photos: PhotoMemory,
): FoundControl[] {
  const shown = new Set<HTMLElement>();
  const now = claimsOn(document).map((claim) => {
    shown.add(claim.control.element);
    const one = tried.get(claim.control.element);
    if (!one) return foundControl(claim);
    return foundControl(
      {
        ...claim,
        field: one.claim.field,
        meaning: one.claim.meaning,
        score: one.claim.score,
        margin: one.claim.margin,
        votes: one.claim.votes,
        label: one.claim.label,
      },
      outcomeOf(one),
    );
  });
  const gone = [...tried]
    .filter(([element]) => !shown.has(element) && element.isConnected)
    .map(([, one]) => foundControl(one.claim, outcomeOf(one)));
  return [...now, ...gone];

  function outcomeOf({
    wanted,
    written,
    claim,
  }: {
    wanted: Wanted;
    written: Written;
    claim: Claim;
  }): Partial<FoundControl> {
    if (isRefused(written))
      return {
        status: "refused",
        reason: `${written.refused}${written.detail ? `: ${written.detail}` : ""}`,
      };
    const reads = wanted.allows
      ? true
      : readsBack(claim.control, wanted.value, photos.get(claim.field ?? ""));
    if (reads === false) return { status: "refused", reason: "read-back-differs" };
    const photosIn =
      wanted.value.kind === "photos"
        ? {
            readBack: `${(claim.control.element as HTMLInputElement).files?.length || wanted.value.photoIds.length} files`,
          }
        : {};
    return { status: "filled", reason: undefined, ...photosIn };
  }
}

const reportOf = (claim: Claim, written: Written, ms: number): StepReport => ({
  id: cssPath(claim.control.element),
  label: claim.label,
  field: claim.field ?? "form",
  need: "optional",
  status: isRefused(written) ? "refused" : "done",
  ...(isRefused(written) ? { reason: written.refused, detail: written.detail } : {}),
  found: { index: 0, by: "meaning", score: round(claim.score), margin: round(claim.margin) },
  verified: !isRefused(written) && written.verified,
  attempts: written.attempts,
  ms: Math.round(ms),
});
