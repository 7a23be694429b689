/** The seller: answers rightly, wrongly, late, twice or never, cancels, and presses the site's own button. */
import { twinKeyOf, type Answer, type Posting, type Question } from "../index.ts";
import type { HostName } from "./host.ts";
import { LOGIN, PRICE, TITLE, type PressAnswer } from "./site.ts";
import { WINDOW_S } from "./scenario.ts";
import { S } from "./sim.ts";
import type { Draft, World } from "./world.ts";

export class Person {
  readonly #world: World;
  readonly #asked = new Map<string, number>();

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
    const delay = tape.pick([60, 900, Infinity]);
    if (delay === Infinity) return;
    sim.at(delay * S, () => this.#answers(posting.id, question));
    // The same question is still open on the telephone.
    if (question.kind === "there" && tape.draw(4) === 1)
      sim.at((delay + tape.pick([2, 400])) * S, () => this.#answers(posting.id, question));
  }

  #answers(id: string, question: Question): void {
    const { keeper, sim, oracle } = this.#world;
    const posting = keeper.get(id);
    const answer = this.#answerTo(posting, question);
    if (!answer) return;
    const applied = keeper.play(id, { kind: "answer", question: question.number, answer });
    if (!applied.ok) return;
    sim.say(
      "person",
      `answers ${answer.kind}${answer.kind === "not-there" && answer.again ? ", post it again" : ""}`,
    );
    oracle.answered(posting, question, answer);
  }

  #answerTo(posting: Posting, { kind, candidates }: Question): Answer | null {
    const { tape, site, oracle, scenario } = this.#world;
    const isWrong = tape.draw(6) === 1;
    const shown = site.of(posting.id).find((row) => row.shownAt <= this.#world.sim.now);
    switch (kind) {
      case "ready":
        if (
          this.#world.hosts[this.#world.homeOf(posting.id)].memory(posting.id).isStanding &&
          tape.draw(3) === 1
        ) {
          this.pressesByHand(this.#world.homeOf(posting.id), posting.id);
          return null;
        }
        if (posting.driver === "cloud") {
          this.#takesOver(posting.id);
          return null;
        }
        return { kind: "publish", hash: null };
      case "alike": {
        const own = candidates.find((row) =>
          site.ofItem(posting.itemId).some(({ id }) => id === row.externalId),
        );
        const row = isWrong ? candidates[0] : own;
        if (isWrong) oracle.misled(posting.id);
        return row && (own || isWrong)
          ? { kind: "is-it", externalId: row.externalId, url: null }
          : { kind: "another-thing" };
      }
      case "there": {
        if (isWrong) oracle.misled(posting.id);
        if (shown && !isWrong) return { kind: "is-it", externalId: shown.id, url: null };
        if (isWrong && !shown && candidates[0])
          return { kind: "is-it", externalId: candidates[0].externalId, url: null };
        if (tape.draw(4) === 3) return { kind: "wait" };
        return { kind: "not-there", again: tape.draw(2) === 0 };
      }
      case "field":
      case "stop":
        if (tape.draw(2) === 1) {
          this.cancels(posting.id);
          return null;
        }
        return { kind: "go-on" };
      case "stuck":
        if (tape.draw(2) === 1) return { kind: "wait" };
        return scenario.login === "cloud" && posting.mode === "publish" && posting.driver === "tab"
          ? { kind: "use-cloud" }
          : { kind: "go-on" };
    }
  }

  #mayRetry(id: string): void {
    const { keeper, sim, tape, oracle } = this.#world;
    if (tape.draw(4) !== 1) return;
    sim.at(tape.pick([600, 3_000]) * S, () => {
      if (keeper.get(id).state !== "failed") return;
      const applied = keeper.play(id, { kind: "retry" });
      if (!applied.ok) return;
      sim.say("person", `tries ${id} again`);
      oracle.retried(applied.posting);
    });
  }

  #takesOver(id: string): void {
    const { keeper, sim } = this.#world;
    const applied = keeper.play(id, { kind: "take-over", driver: "tab" });
    if (!applied.ok) return;
    this.#world.moveHome(id, "A");
    sim.say("person", `takes ${id} over in a tab`);
  }

  cancels(id: string): void {
    const { keeper, sim } = this.#world;
    if (!this.#world.reaches("A") || !keeper.postings.has(id)) return;
    const applied = keeper.play(id, { kind: "cancel" });
    if (applied.ok) sim.say("person", `cancels ${id}`);
  }

  readonly #answersByHand = new Map<string, PressAnswer>();
  lastAnswer(id: string): PressAnswer | null {
    return this.#answersByHand.get(id) ?? null;
  }

  pressesByHand(host: HostName, id: string): void {
    const { sim, hosts } = this.#world;
    hosts[host].memory(id).isStanding = false;
    sim.say("person", "presses the site's own button in the filled form");
    const answer = this.#world.press(id, "person");
    this.#answersByHand.set(id, answer);
    this.reportPress(host, id, answer);
  }

  pressesDraft(draft: Draft): void {
    this.#world.sim.say("person", "presses the site's own button in the filled form");
    draft.pressed = this.#world.press(draft.id, "person");
    draft.isStanding = false;
  }

  /** The host saw it: on its disk at once, and told as soon as somebody hears it. */
  reportPress(host: HostName, id: string, answer: PressAnswer): void {
    const { hosts, site } = this.#world;
    const memory = hosts[host].memory(id);
    const reading = site.read();
    const isRead =
      reading.complete &&
      reading.login === LOGIN &&
      !site.of(id).some((row) => row.shownAt <= this.#world.sim.now);
    memory.outbox.push({
      kind: "pressed-by-person",
      marker: { title: TITLE, priceText: PRICE },
      twin: twinKeyOf({ title: TITLE, priceText: PRICE }),
      baseline: isRead ? reading.rows.flatMap(({ externalId }) => externalId ?? []) : null,
      policy: { windowMs: WINDOW_S * S, absenceProves: this.#world.scenario.proves },
    });
    if (answer.kind === "listed")
      memory.outbox.push({
        kind: "said-listed",
        attempt: null,
        externalId: answer.externalId,
        url: answer.url,
      });
    this.#world.sim.at(3 * S, () => {
      if (hosts[host].isAlive) hosts[host].flush(id);
      this.#world.wake();
    });
  }
}
