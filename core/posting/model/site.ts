/** The marketplace as it really is: its own rows are the oracle of every history. */
import type { ListingStatus, Outcome } from "../../plan/index.ts";
import type { Reading } from "../reading.ts";
import { WINDOW_S, type Scenario } from "./scenario.ts";
import { DAY, HOUR, S, type Sim, type Tape } from "./sim.ts";

export const LOGIN = "seller-1";
export const TITLE = "Brass lamp, 1960s";
export const PRICE = "$45";

export type SiteRow = {
  id: string;
  title: string;
  priceText: string;
  status: ListingStatus;
  /** The posting it was made for; "old", "handmade" for what nobody here made. */
  of: string;
  /** When the account's list shows it. */
  shownAt: number;
  madeAt: number;
};

export type PressAnswer = Outcome | { kind: "stopped"; stop: { kind: "captcha"; evidence: string } };

const titles = { same: TITLE, cut: "Brass lamp…", rewritten: "B***s l*mp" } as const;

export class Site {
  readonly rows: SiteRow[] = [];
  #nextId = 100;
  #firstPressAt: number | null = null;
  #reads = 0;
  readonly #sim: Sim;
  readonly #tape: Tape;
  readonly #scenario: Scenario;

  constructor(sim: Sim, tape: Tape, scenario: Scenario) {
    this.#sim = sim;
    this.#tape = tape;
    this.#scenario = scenario;
    for (const n of [1, 2, 3]) this.#add(`other ${n}`, "old", -HOUR, { id: String(n) });
    if (scenario.other === "handmade") this.#add(TITLE, "handmade", -HOUR, { id: "9" });
    if (scenario.other === "old-sold") this.#add(TITLE, "old-sold", -HOUR, { id: "8", status: "sold" });
  }

  #add(title: string, of: string, shownAt: number, more: Partial<SiteRow> = {}): SiteRow {
    const row: SiteRow = {
      id: String(this.#nextId++),
      title,
      priceText: PRICE,
      status: "active",
      of,
      shownAt,
      madeAt: this.#sim.now,
      ...more,
    };
    if (of === "old" || more.id) row.priceText = of === "old" ? "$7" : PRICE;
    this.rows.push(row);
    return row;
  }

  madeByHand(): void {
    this.#add(TITLE, "handmade", this.#sim.now);
    this.#sim.say("person", "lists another lamp by hand on the site");
  }

  of(posting: string): SiteRow[] {
    return this.rows.filter((row) => row.of === posting);
  }

  /** Whichever posting of it made them. */
  ofItem(itemId: string | null): SiteRow[] {
    return this.rows.filter((row) => row.of.startsWith(`${itemId}@`));
  }

  /** One press of the button that makes the listing. `isLate`: the answer to an earlier press is still on its way. */
  press(posting: string, who: string): PressAnswer {
    const { proves } = this.#scenario;
    this.#firstPressAt ??= this.#sim.now;
    const commit = this.#tape.pick(["yes", "no", "late"] as const);
    const drawnLagS = proves
      ? this.#tape.pick([0, 40, 100, 100, WINDOW_S - 2])
      : this.#tape.pick([0, 40, WINDOW_S - 2, WINDOW_S + 1, 400, 6 * 3_600, 3 * 86_400]);
    const lagS = this.#scenario.lagS ?? drawnLagS;
    const shown = this.#tape.pick(["same", "cut", "rewritten"] as const);
    const status = this.#tape.pick<ListingStatus>(["active", "active", "held", "sold"]);
    const drawnReply = this.#tape.draw(4);
    const reply = this.#scenario.reply ?? drawnReply;
    if (commit === "no") {
      const answer = this.#refusal(reply);
      this.#sim.say(who, `presses for ${posting}; the site makes nothing and answers: ${answer.kind}`);
      return answer;
    }
    const late = commit === "late" && !proves ? 20 * S : 0;
    const row = this.#add(titles[shown], posting, this.#sim.now + late + lagS * S, { status });
    const answer = this.#acceptance(reply, row);
    this.#sim.say(
      who,
      `presses for ${posting}; the site makes listing ${row.id} (${shown}, ${status}), shown after ${late / S + lagS} s, and answers: ${answer.kind}`,
    );
    return answer;
  }

  #acceptance(reply: number, row: SiteRow): PressAnswer {
    switch (reply) {
      case 0:
        return { kind: "listed", externalId: row.id, url: `https://site/${row.id}` };
      case 1:
        return { kind: "listed", externalId: null, url: null };
      case 2:
        return { kind: "unknown", message: "no answer" };
      default:
        return { kind: "stopped", stop: { kind: "captcha", evidence: "captcha" } };
    }
  }

  #refusal(reply: number): PressAnswer {
    switch (reply) {
      case 1:
        return { kind: "rejected", message: "could not be listed" };
      case 2:
        return { kind: "stopped", stop: { kind: "captcha", evidence: "captcha" } };
      default:
        return { kind: "unknown", message: "no answer" };
    }
  }

  /** The account's own lists, as a host sees them now. */
  read(): Reading {
    const { list } = this.#scenario;
    const { now } = this.#sim;
    const since = this.#firstPressAt === null ? null : now - this.#firstPressAt;
    const isDown =
      (list === "down-300" && since !== null && since < 300 * S) ||
      (list === "down-for-ever" && since !== null) ||
      (list === "down-before" && now < 600 * S);
    if (isDown) return this.#reading([], ["unreachable"]);
    const seen = this.rows.filter((row) => row.shownAt <= now);
    const isOdd = since !== null && since < 1_000 * S;
    if (list === "partial" && isOdd)
      return this.#reading(
        seen.filter((row) => row.of === "old"),
        ["gap"],
      );
    if (list === "other-login" && isOdd) return { ...this.#reading([], []), login: "somebody else" };
    // Replicas that disagree: every second look is answered by one that lags behind.
    if (list === "flapping" && isOdd && this.#reads++ % 2 === 1)
      return this.#reading(
        seen.filter((row) => row.of === "old"),
        [],
      );
    return this.#reading(seen, []);
  }

  #reading(rows: SiteRow[], gaps: Reading["gaps"][number]["why"][]): Reading {
    return {
      begunAt: this.#sim.now,
      endedAt: this.#sim.now,
      login: LOGIN,
      rows: rows.map(({ id, title, priceText, status }) => ({
        externalId: id,
        url: `https://site/${id}`,
        title,
        priceText,
        status,
      })),
      complete: gaps.length === 0,
      gaps: gaps.map((why) => ({ page: "all", why })),
    };
  }
}

export const HORIZON = 3 * DAY;
