/**
 * The label field is read-only and opens a dialog of up to three steps: an introduction, the parcel, the carrier. The
 * cheapest carrier offered is taken, as a seller who asked for nothing else would.
 */
import type { Gesture, GestureTools, Refused } from "#core/fill/index.ts";
import { LABEL } from "./locators.ts";

type Parcel = { pounds: number; ounces: number; shoebox: boolean; inches: [number, number, number] | null };

const DIALOG = '[role="dialog"]';
const isRefusal = (result: unknown): result is Refused =>
  typeof result === "object" && result !== null && "refused" in result;

/** Until title and category are known the field says so and opens nothing. */
const isLocked = (text: string) => /title and category/i.test(text);

export const shippingLabel: Gesture = {
  /** The field shows the carrier only; which one was the cheapest for this parcel is known from `act`. */
  read(tools, _parcel, shown) {
    const field = LABEL.opener.flatMap((locator) => tools.findAll(locator))[0];
    if (!field) return "missing";
    const { value } = field as HTMLInputElement;
    if (value === "" || isLocked(value)) return "empty";
    if (shown === null) return "unread";
    return tools.normalise(value).includes(tools.normalise(shown)) ? "same" : "other";
  },

  async act(tools, value) {
    const parcel = value as unknown as Parcel;
    const opener = await tools.find(LABEL.opener);
    if (!opener) return tools.refuse("not-found", "the shipping label field");
    const shown = () => (opener as HTMLInputElement).value;
    if (!(await tools.waitFor(() => !isLocked(shown()))))
      return tools.refuse("timeout", "shipping is not enabled yet");
    const start = await tools.open(opener, [...LABEL.gotIt, ...LABEL.next]);
    if (!start) return tools.refuse("write-had-no-effect", "the label dialog did not open");
    const intro = tools.findAll(LABEL.gotIt[0]!)[0];
    if (intro) await tools.press(intro);

    const described = await describeParcel(tools, parcel);
    if (isRefusal(described)) return described;
    const carrier = await chooseCarrier(tools);
    if (isRefusal(carrier)) return carrier;
    const save = await tools.find(LABEL.save);
    if (!save || !(await tools.press(save)))
      return tools.refuse("write-had-no-effect", "the carrier cannot be saved");
    const kept = await tools.waitFor(
      () => !save.isConnected && tools.normalise(shown()).includes(tools.normalise(carrier)),
    );
    return kept
      ? { verified: true, shown: carrier }
      : tools.refuse("read-back-differs", "the label field does not show the carrier");
  },
};

async function describeParcel(
  tools: GestureTools,
  { pounds, ounces, shoebox, inches }: Parcel,
): Promise<true | Refused> {
  for (const [locators, amount] of [
    [LABEL.pounds, pounds],
    [LABEL.ounces, ounces],
  ] as const) {
    // An empty box stands for zero.
    const written = await tools.fill(locators, { kind: "text", text: amount === 0 ? "" : String(amount) });
    if ("refused" in written) return written;
  }
  const fits = memberStarting(tools, shoebox ? LABEL.fitsYes : LABEL.fitsNo, shoebox ? "yes" : "no");
  if (!fits) return tools.refuse("not-found", "the shoebox question");
  const answered = await tools.fillElement(fits.radio, { kind: "choice", accept: [fits.text] });
  if ("refused" in answered) return answered;
  for (const [locators, side] of [
    [LABEL.length, inches?.[0]],
    [LABEL.width, inches?.[1]],
    [LABEL.height, inches?.[2]],
  ] as const) {
    if (side === undefined) continue;
    const written = await tools.fill(locators, { kind: "text", text: String(side) });
    if ("refused" in written) return written;
  }
  const next = await tools.find(LABEL.next);
  return next && (await tools.press(next))
    ? true
    : tools.refuse("write-had-no-effect", "the parcel step cannot be left");
}

type Member = { radio: HTMLInputElement; text: string };
const radiosIn = (tools: GestureTools): Member[] =>
  [...tools.document.querySelectorAll<HTMLInputElement>(`${DIALOG} input[type="radio"]`)].map((radio) => ({
    radio,
    text: (radio.closest("label")?.innerText ?? "").trim().split("\n")[0]?.trim() ?? "",
  }));

const memberStarting = (
  tools: GestureTools,
  locators: (typeof LABEL)["fitsYes"],
  word: string,
): Member | null => {
  const all = radiosIn(tools);
  const named = locators.flatMap((locator) => tools.findAll(locator));
  return (
    all.find(({ radio }) => named.includes(radio)) ??
    all.find(({ text }) => tools.normalise(text).split(/[^a-z]/)[0] === word) ??
    null
  );
};

const priceIn = (element: Element | null): number =>
  Number(/\$\s?(\d+(?:\.\d+)?)/.exec((element as HTMLElement | null)?.innerText ?? "")?.[1] ?? Infinity);

/** The name of the carrier chosen. */
async function chooseCarrier(tools: GestureTools): Promise<string | Refused> {
  const offered = await tools.waitFor(() => {
    const priced = radiosIn(tools).filter(({ radio }) => priceIn(radio.closest("label")) < Infinity);
    return priced.length > 0 ? priced : null;
  });
  if (!offered) return tools.refuse("option-missing", "no carrier takes this parcel");
  const [cheapest] = offered.sort(
    (a, b) => priceIn(a.radio.closest("label")) - priceIn(b.radio.closest("label")),
  );
  if (!cheapest) return tools.refuse("option-missing", "no carrier takes this parcel");
  const chosen = await tools.fillElement(cheapest.radio, { kind: "choice", accept: [cheapest.text] });
  return "refused" in chosen ? chosen : cheapest.text;
}
