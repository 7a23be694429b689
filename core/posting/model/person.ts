/** The seller: answers rightly, wrongly, late, twice or never, cancels, takes over, and presses the site's own button. */
import { twinKeyOf, type Answer, type Posting, type PostingEvent, type Question } from "../index.ts";
import type { Draft } from "./drafts.ts";
import type { HostName } from "./host.ts";
import type { Form } from "./memory.ts";
import { itemOf, markerOf, payloadOf } from "./items.ts";
import { S } from "./sim.ts";
import type { PressAnswer, SiteRow } from "./site.ts";
import type { World } from "./world.ts";

/** Nobody says "go on" for ever. */
const MOST_ANSWERS = 12;

export class Person {
  readonly #world: World;
  readonly #asked = new Map<string, number>();
  /** What they pressed by hand: they know of it when they are asked. */
  readonly #pressedByHand = new Set<string>();

  constructor(world: World) {
    this.#world = world;
  }

  changed(posting: Posting): void {
    if (posting.state === "failed") this.#mayRetry(posting.id);
    const { question } = posting;
    if (!question || this.#asked.get(posting.id) === question.number) return;
    this.#asked.set(posting.id, question.number);
    const { sim, tape } = this.#world;
    sim.say("service", `asks about ${posting.id}: ${question.kind} (${posting.ending?.code ?? "-"})`);
    const delay = tape.pick([60, 900, 7_000, Infinity]);
    if (delay === Infinity || question.number > MOST_ANSWERS) return;
    sim.at(delay * S, () => this.#answers(posting.id, question));
    // The same question is still open on the telephone.
    if (question.kind === "there" && tape.is(4))
      sim.at((delay + tape.pick([2, 400])) * S, () => this.#answers(posting.id, question));
  }

  /** Whoever keeps it now counts its questions anew. */
  wasHandedOver(id: string): void {
    this.#asked.delete(id);
  }

  #answers(id: string, question: Question): void {
    const { keeper, sim, tape, oracle } = this.#world;
    const posting = keeper.postings.get(id);
    if (!posting) return;
    if (!this.#world.isPersonHeard) return sim.at(600 * S, () => this.#answers(id, question));
    if (question.kind === "there" && tape.is(8)) return this.#triesAgain(id);
    const answer = this.#answerTo(posting, question);
    if (!answer) return;
    const applied = keeper.play(id, { kind: "answer", question: question.number, answer });
    if (!applied.ok) return;
    sim.say(
      "person",
      `answers ${answer.kind}${answer.kind === "not-there" && answer.again ? ", post it again" : ""}`,
    );
    sim.note(`answered ${answer.kind}`);
    oracle.answered(posting, question, answer, applied.posting);
  }

  /** "Retry" is no answer to whether it is there. */
  #triesAgain(id: string): void {
    const { keeper, sim, oracle } = this.#world;
    const before = keeper.get(id);
    const applied = keeper.play(id, { kind: "retry" });
    if (!applied.ok) return;
    sim.say("person", `tries ${id} again instead of answering`);
    if (before.state === "failed") oracle.retried(before, applied.posting);
  }

  #answerTo(posting: Posting, question: Question): Answer | null {
    const { tape } = this.#world;
    const isWrong = tape.is(6);
    switch (question.kind) {
      case "ready":
        return this.#looksItOver(posting);
      case "alike":
        return this.#saysWhetherAlike(posting, question, isWrong);
      case "there":
        return this.#saysWhetherThere(posting, question, isWrong);
      case "field":
      case "stop":
        if (posting.unsettledAt !== null && tape.is(3))
          return this.#saysWhetherThere(posting, question, isWrong);
        if (!tape.is(2)) return { kind: "go-on" };
        this.cancels(posting.id);
        return null;
      case "stuck":
        return this.#helps(posting);
    }
  }

  #looksItOver(posting: Posting): Answer | null {
    const { tape, hosts } = this.#world;
    const home = this.#world.homeOf(posting.id);
    const { form } = hosts[home].memory(posting.id);
    if (posting.driver === "cloud") {
      this.takesOver(posting.id, "A");
      return null;
    }
    if (form && tape.is(3)) {
      this.pressesByHand(home, posting.id);
      return null;
    }
    const item = itemOf(posting.id);
    const hash = payloadOf(item, form?.version ?? this.#world.versionOf(item));
    this.#world.oracle.shown(posting.id, hash);
    return { kind: "publish", hash };
  }

  #saysWhetherAlike(posting: Posting, { candidates }: Question, isWrong: boolean): Answer {
    const { site, oracle, sim, scenario } = this.#world;
    const made = site.ofItem(itemOf(posting.id)).filter(({ shownAt }) => shownAt <= sim.now);
    // Messages and lines are known by what they say, a listing by its page.
    const own = candidates.find((row) =>
      made.some(({ id, title }) => (scenario.act === "list" ? id === row.externalId : title === row.title)),
    );
    if (isWrong) oracle.misled();
    const row = isWrong ? candidates[0] : own;
    return row ? { kind: "is-it", externalId: row.externalId, url: null } : { kind: "another-thing" };
  }

  #saysWhetherThere(posting: Posting, { candidates }: Question, isWrong: boolean): Answer {
    const { tape, site, oracle } = this.#world;
    const [shown] = site.of(posting.id).filter((row) => row.shownAt <= this.#world.sim.now);
    if (isWrong) oracle.misled();
    if (shown && !isWrong) return { kind: "is-it", externalId: this.#nameOf(shown, candidates), url: null };
    if (isWrong && !shown && candidates[0])
      return { kind: "is-it", externalId: candidates[0].externalId, url: null };
    if (tape.draw(4) === 3) return { kind: "wait" };
    return { kind: "not-there", again: tape.draw(2) === 0 };
  }

  /** As the list calls it. */
  #nameOf(row: SiteRow, candidates: Question["candidates"]): string {
    const { scenario, site, sim } = this.#world;
    if (scenario.act === "list") return row.id;
    const line = site.shown(sim.now).find(({ externalId }) => externalId === row.sku);
    // What the other side wrote is a reason to ask, and nobody's own words.
    const own = candidates.find(({ status }) => status !== "theirs");
    return own?.externalId ?? (line ? `${row.sku}×${line.quantity ?? 1}` : row.id);
  }

  #helps(posting: Posting): Answer {
    const { tape, keeper } = this.#world;
    if (tape.is(2)) return { kind: "wait" };
    const isForCloud = keeper.cloudReady && posting.mode === "publish" && posting.driver === "tab";
    return isForCloud && !this.#pressedByHand.has(posting.id) ? { kind: "use-cloud" } : { kind: "go-on" };
  }

  #mayRetry(id: string): void {
    const { sim, tape, oracle } = this.#world;
    if (!tape.is(4)) return;
    sim.at(tape.pick([600, 3_000]) * S, () => {
      const { keeper } = this.#world;
      const before = keeper.postings.get(id);
      if (before?.state !== "failed" || !this.#world.isPersonHeard || this.#pressedByHand.has(id)) return;
      const applied = keeper.play(id, { kind: "retry" });
      if (!applied.ok) return;
      sim.say("person", `tries ${id} again`);
      oracle.retried(before, applied.posting);
    });
  }

  takesOver(id: string, home: HostName): void {
    const { keeper, sim } = this.#world;
    if (!this.#world.isPersonHeard || !this.#world.reaches(home)) return;
    const applied = keeper.play(id, { kind: "take-over", driver: "tab" });
    if (!applied.ok) return;
    this.#world.moveHome(id, home);
    sim.note("taken over");
    sim.say("person", `takes ${id} over in a tab of ${home}`);
  }

  cancels(id: string): void {
    const { keeper, sim } = this.#world;
    if (!this.#world.isPersonHeard) return;
    const applied = keeper.play(id, { kind: "cancel" });
    if (!applied.ok) return;
    sim.note("cancelled by the person");
    sim.say("person", `cancels ${id}`);
  }

  pressesByHand(host: HostName, id: string): void {
    const { sim, hosts } = this.#world;
    const memory = hosts[host].memory(id);
    const { form } = memory;
    if (!form) return;
    sim.say("person", "presses the site's own button in the filled form");
    const answer = this.#pressAll(id, form);
    Object.assign(memory, { form: null, byHand: answer, answer });
    if (!memory.isAtButton) this.reportPress(host, id, answer);
  }

  /** To the end: the second page too, or only that where the first was pressed already. */
  #pressAll(id: string, form: Form): PressAnswer {
    this.#pressedByHand.add(id);
    if (form.second) return this.#world.confirm(form.second, "person", form);
    const answer = this.#world.press(id, "person", form, null);
    return answer.kind === "second-page" ? this.#world.confirm(answer, "person", form) : answer;
  }

  pressesDraft(draft: Draft): void {
    this.#world.sim.say("person", "presses the site's own button in the filled form");
    draft.pressed = this.#pressAll(draft.id, { host: draft.host, version: draft.version, second: null });
    draft.isStanding = false;
  }

  /** The host saw it: on its disk at once, and told as soon as somebody hears it. */
  reportPress(host: HostName, id: string, answer: PressAnswer): void {
    const { hosts, scenario } = this.#world;
    const { outbox } = hosts[host].memory(id);
    const item = itemOf(id);
    const marker = markerOf(scenario.act, item, this.#world.versionOf(item));
    const baseline = this.#world.keeper.postings.get(id)?.baseline ?? null;
    const pressed: PostingEvent = {
      kind: "pressed-by-person",
      marker,
      twin: twinKeyOf(marker),
      baseline,
      policy: this.#world.policy,
    };
    outbox.push(pressed);
    if (answer.kind === "listed")
      outbox.push({ kind: "said-listed", externalId: answer.externalId, url: answer.url });
    this.#world.sim.at(3 * S, () => {
      if (hosts[host].isAlive && this.#world.keeper.postings.has(id)) hosts[host].flush(id);
      this.#world.wake();
    });
  }
}
