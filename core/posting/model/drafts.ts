/** Posts that were started while the service could not be reached: on one browser's disk until it hears of them. */
import type { HostName } from "./host.ts";
import { formStands, itemOf, markerOf } from "./items.ts";
import { S } from "./sim.ts";
import type { PressAnswer } from "./site.ts";
import type { World } from "./world.ts";

export type Draft = {
  id: string;
  host: HostName;
  isStanding: boolean;
  version: number;
  pressed: PressAnswer | null;
};

export class Drafts {
  readonly #waiting: Draft[] = [];
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** Pressed, and the service has yet to hear that there is one. */
  hasUnheardPress(item: string): boolean {
    return this.#waiting.some(({ id, pressed }) => itemOf(id) === item && pressed !== null);
  }

  begin(id: string, host: HostName): void {
    this.#world.sim.say(host, `${id} is started while the service cannot be reached`);
    this.#world.moveHome(id, host);
    this.#waiting.push({ id, host, isStanding: false, version: 0, pressed: null });
    this.#world.wake();
  }

  tick(): void {
    for (const draft of [...this.#waiting]) {
      if (!this.#world.hosts[draft.host].isAwake) continue;
      if (!this.#world.reaches(draft.host)) {
        this.#fills(draft);
        continue;
      }
      this.#waiting.splice(this.#waiting.indexOf(draft), 1);
      this.#registers(draft);
    }
  }

  #fills(draft: Draft): void {
    const { sim, tape, person } = this.#world;
    if (draft.isStanding) return;
    draft.isStanding = true;
    draft.version = this.#world.versionOf(itemOf(draft.id));
    sim.at(34 * S, () => {
      const isThere = draft.isStanding && this.#world.hosts[draft.host].isAwake && !draft.pressed;
      if (isThere && tape.is(3)) person.pressesDraft(draft);
    });
  }

  #registers({ id, host, pressed, isStanding, version }: Draft): void {
    const { keeper, person } = this.#world;
    if (!this.#world.starts(id, "tab", host, { isPressed: pressed !== null })) return;
    const { act } = this.#world.scenario;
    if (isStanding) keeper.play(id, formStands(markerOf(act, itemOf(id), version)));
    if (pressed) person.reportPress(host, id, pressed);
    this.#world.changed(keeper.get(id), { kind: "retry" });
  }
}
