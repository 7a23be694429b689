/** The marketplace as it really is: its own rows are the oracle of every history. */
import type { ListingStatus, Outcome } from "../../plan/index.ts";
import type { ReadRow } from "../reading.ts";
import { itemOf, markerOf } from "./items.ts";
import { WINDOW_S, type Scenario } from "./scenario.ts";
import { HOUR, S, type Sim, type Tape } from "./sim.ts";

export type SiteRow = {
  id: string;
  title: string;
  priceText: string;
  status: string;
  quantity: number;
  /** What is in the line of a cart. */
  sku: string;
  /** The posting it was made for; "old", "handmade", "old-sold", "theirs" for what nobody here made. */
  of: string;
  /** When the account's list shows it. */
  shownAt: number;
  madeAt: number;
  isByHand: boolean;
  /** Its title is not the one that was filled in. */
  isRewritten: boolean;
};

export type PressAnswer = Outcome | { kind: "stopped"; stop: { kind: "captcha"; evidence: string } };
/** What a press will come to, drawn when its first act is done. */
type Fate = {
  commit: "yes" | "no" | "late";
  lagS: number;
  shown: Shown;
  status: ListingStatus;
  reply: number;
};
/** The page a press led to. */
export type SecondPage = {
  kind: "second-page";
  posting: string;
  version: number;
  fate: Fate;
  early: PressAnswer | null;
  madeAt: number;
  confirmations: number;
};
type Shown = "same" | "cut" | "rewritten";

const NOTHING: PressAnswer = { kind: "unknown", message: "no answer" };
const CAPTCHA: PressAnswer = { kind: "stopped", stop: { kind: "captcha", evidence: "captcha" } };

const asShown = (title: string, shown: Shown): string =>
  shown === "same" ? title : shown === "cut" ? `${title.slice(0, 10)}…` : title.replace(/[aeiou]/g, "*");

export class Site {
  readonly rows: SiteRow[] = [];
  firstPressAt: number | null = null;
  #nextId = 100;
  readonly #sim: Sim;
  readonly #tape: Tape;
  readonly #scenario: Scenario;

  constructor(sim: Sim, tape: Tape, scenario: Scenario) {
    this.#sim = sim;
    this.#tape = tape;
    this.#scenario = scenario;
    const { act, other } = scenario;
    if (act === "cart") return;
    for (const n of [1, 2, 3])
      this.#add({
        id: String(n),
        title: `other ${n}`,
        priceText: "$7",
        of: "old",
        shownAt: -HOUR,
        status: this.#mine,
      });
    // The same was said before, about something else.
    if (act === "message" && other === "handmade")
      this.#add({ title: markerOf(act, "lamp", 0).title, of: "old", shownAt: -HOUR });
    if (act === "message") this.theyWrite("Is it still there?");
    if (act !== "list") return;
    const { title, priceText } = markerOf(act, "lamp", 0);
    if (other === "handmade") this.#add({ id: "9", title, priceText, of: "handmade", shownAt: -HOUR });
    if (other === "old-sold")
      this.#add({ id: "8", title, priceText, of: "old-sold", shownAt: -HOUR, status: "sold" });
  }

  get #mine(): string {
    return this.#scenario.act === "message" ? "mine" : "active";
  }

  #add(row: Pick<SiteRow, "title" | "of"> & Partial<SiteRow>): SiteRow {
    const added: SiteRow = {
      id: String(this.#nextId++),
      priceText: "",
      status: this.#mine,
      quantity: 1,
      sku: "",
      shownAt: this.#sim.now,
      madeAt: this.#sim.now,
      isByHand: row.of === "handmade",
      isRewritten: false,
      ...row,
    };
    this.rows.push(added);
    return added;
  }

  theyWrite(title: string): void {
    this.#add({ title, of: "theirs", status: "theirs" });
  }

  /** The seller does by hand what looks like the posting's own. */
  madeByHand(item: string): void {
    const { act } = this.#scenario;
    const { title, priceText, quantity = 1, sku = "" } = markerOf(act, item, 0);
    this.#add({ title, priceText, quantity, sku, of: "handmade" });
    this.#sim.say("person", `does the same once more by hand on the site`);
  }

  ends(id: string): void {
    for (const row of this.rows) if (row.id === id) row.status = "ended";
  }

  of(posting: string): SiteRow[] {
    return this.rows.filter((row) => row.of === posting);
  }
  /** Whichever posting of it made them. */
  ofItem(item: string): SiteRow[] {
    return this.rows.filter((row) => row.of.includes("@") && itemOf(row.of) === item);
  }

  /** The first act of a press, after which the site may act. */
  press(posting: string, version: number, who: string): PressAnswer | SecondPage {
    const { submit } = this.#scenario;
    this.firstPressAt ??= this.#sim.now;
    const fate = this.#drawFate();
    if (submit === "one") return this.#happens(posting, version, fate, who);
    this.#sim.note("second page");
    this.#sim.say(who, `presses for ${posting}; the site shows a second page`);
    const early = submit === "first-of-two" ? this.#happens(posting, version, fate, who) : null;
    return { kind: "second-page", posting, version, fate, early, madeAt: this.#sim.now, confirmations: 0 };
  }

  /** The confirmation on the page that the press led to. */
  confirm(page: SecondPage, who: string): PressAnswer {
    page.confirmations += 1;
    this.#sim.say(who, `confirms for ${page.posting}`);
    return page.early ?? this.#happens(page.posting, page.version, page.fate, who);
  }

  #drawFate(): Fate {
    const { proves } = this.#scenario;
    const tape = this.#tape;
    const commit = tape.pick(["yes", "no", "late"] as const);
    const drawnLagS = proves
      ? tape.pick([0, 40, 100, 100, WINDOW_S - 2])
      : tape.pick([0, 40, WINDOW_S - 2, WINDOW_S + 1, 400, 6 * 3_600, 3 * 86_400, Infinity]);
    const lagS = this.#scenario.lagS ?? drawnLagS;
    const shown = tape.pick(["same", "cut", "rewritten"] as const);
    const status = tape.pick<ListingStatus>(["active", "active", "held", "sold"]);
    const drawnReply = tape.draw(4);
    return { commit, lagS, shown, status, reply: this.#scenario.reply ?? drawnReply };
  }

  #happens(
    posting: string,
    version: number,
    { commit, lagS, shown, status, reply }: Fate,
    who: string,
  ): PressAnswer {
    const { act, proves } = this.#scenario;
    if (commit === "no") {
      const answer = refusal(reply);
      this.#sim.say(who, `presses for ${posting}; the site makes nothing and answers: ${answer.kind}`);
      return answer;
    }
    const late = commit === "late" && !proves ? 20 * S : 0;
    const { title, priceText, quantity = 1, sku = "" } = markerOf(act, itemOf(posting), version);
    const row = this.#add({
      title: asShown(title, shown),
      priceText,
      // A cart may take less than was asked for, or another size.
      quantity: act === "cart" && shown === "rewritten" ? 1 : quantity,
      sku: shown === "cut" ? `${sku}, another size` : sku,
      of: posting,
      isByHand: who === "person",
      isRewritten: shown === "rewritten",
      shownAt: this.#sim.now + late + lagS * S,
      ...(act === "list" ? { status } : {}),
    });
    const answer = acceptance(reply, row, act === "list");
    this.#notes(row, late / S + lagS, answer);
    const when = Number.isFinite(lagS) ? `shown after ${late / S + lagS} s` : "never shown";
    this.#sim.say(
      who,
      `presses for ${posting}; the site makes ${row.id} (${shown}, ${row.status}), ${when}, and answers: ${answer.kind}`,
    );
    return answer;
  }

  #notes(row: SiteRow, lagS: number, answer: PressAnswer): void {
    if (lagS >= WINDOW_S) this.#sim.note("shown after the window");
    else if (lagS > 0) this.#sim.note("shown late, within the window");
    if (lagS === Infinity) this.#sim.note("never shown");
    if (row.isRewritten) this.#sim.note("title rewritten");
    if (row.status === "held" || row.status === "sold") this.#sim.note(`${row.status} at once`);
    if (answer.kind !== "listed") this.#sim.note("made, and its answer lost");
  }

  /** What is there for whoever looks now, by the site's own time. */
  shown(at: number): ReadRow[] {
    const rows = this.rows.filter((row) => row.shownAt <= at);
    if (this.#scenario.act === "cart") return linesOf(rows);
    return rows
      .sort((a, b) => a.shownAt - b.shownAt)
      .map(({ id, title, priceText, status }) => ({
        externalId: this.#scenario.names ? id : null,
        url: `https://site/${id}`,
        title,
        priceText,
        status,
      }));
  }

  /** Whether what a posting was found by is a row of its own. */
  isOwn(posting: string, externalId: string): boolean {
    const own = this.of(posting).filter((row) => row.shownAt <= this.#sim.now);
    if (this.#scenario.act === "list") return own.some((row) => row.id === externalId);
    return own.length > 0;
  }

  /** Whether anything of it is to be seen, however it is called there. */
  isShown(posting: string, at: number): boolean {
    return this.of(posting).some((row) => row.shownAt <= at);
  }
}

function linesOf(rows: readonly SiteRow[]): ReadRow[] {
  const lines = new Map<string, number>();
  for (const { sku, quantity } of rows) lines.set(sku, (lines.get(sku) ?? 0) + quantity);
  return [...lines].map(([sku, quantity]) => ({
    externalId: sku,
    url: null,
    title: sku,
    priceText: "",
    status: "",
    quantity,
  }));
}

function acceptance(reply: number, row: SiteRow, isNamed: boolean): PressAnswer {
  switch (reply) {
    case 0:
      return {
        kind: "listed",
        externalId: isNamed ? row.id : null,
        url: isNamed ? `https://site/${row.id}` : null,
      };
    case 1:
      return { kind: "listed", externalId: null, url: null };
    case 2:
      return NOTHING;
    default:
      return CAPTCHA;
  }
}

function refusal(reply: number): PressAnswer {
  switch (reply) {
    case 1:
      return { kind: "rejected", message: "could not be listed" };
    case 2:
      return CAPTCHA;
    default:
      return NOTHING;
  }
}
