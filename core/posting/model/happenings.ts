/** What happens in a history's world, by its scenario: who starts what, and what comes in between. */
import type { NewPosting, Posting } from "../index.ts";
import type { HostName } from "./host.ts";
import { BLANK } from "./memory.ts";
import { HOUR, S } from "./sim.ts";
import type { World } from "./world.ts";

export function begin(world: World): void {
  const { scenario } = world;
  const { driver, fallback } = scenario;
  asksFor(world, "lamp@A", driver, "A", fallback ? { fallbackAt: 120 * S } : {});
  others(world);
  secondBrowser(world);
  person(world);
  service(world);
  if (scenario.jumpAt !== null)
    world.sim.at(scenario.jumpAt * S, () => {
      world.sim.note("clock set");
      world.sim.say("A", `its clock is set ${scenario.jumpS} s on`);
      world.hosts.A.isSetTo(scenario.jumpS * S);
    });
  const sweep = () => {
    world.wake();
    world.sim.at(HOUR / 2, sweep);
  };
  sweep();
}

/** Somebody wants it there: at the service, or on the browser's own disk while that cannot be reached. */
function asksFor(
  world: World,
  id: string,
  driver: Posting["driver"],
  home: HostName,
  more: Partial<Pick<NewPosting, "fallbackAt" | "consent">> = {},
): void {
  if (driver === "tab" && !world.reaches(home)) return world.drafts.begin(id, home);
  if (world.starts(id, driver, home, more)) world.changed(world.keeper.get(id), { kind: "retry" });
}

function others(world: World): void {
  const { scenario, sim, tape, site } = world;
  const { driver } = scenario;
  switch (scenario.other) {
    case "twin":
      return sim.at(6 * S, () => asksFor(world, "twin@A", driver, "A"));
    case "neighbour":
      return sim.at(6 * S, () => asksFor(world, "chair@A", driver, "A"));
    case "workspace":
      return sim.at(6 * S, () => asksFor(world, "theirs@B", driver, "B"));
    case "handmade-later":
      return sim.at(tape.pick([20, 200, 1_000]) * S, () => site.madeByHand("lamp"));
    default:
      return;
  }
}

function secondBrowser(world: World): void {
  const { scenario, sim } = world;
  if (scenario.second === "browser")
    sim.at(scenario.secondAt * S, () => asksFor(world, "lamp@B", "tab", "B"));
  if (scenario.second === "clone")
    sim.at(20 * S, () => {
      sim.note("profile copied");
      sim.say("world", "the browser's profile is copied to another computer");
      for (const [id, memory] of world.hosts.A.memories)
        world.hosts.B.memories.set(id, {
          ...BLANK,
          record: memory.record,
          outbox: [...memory.outbox],
        });
      world.wake();
    });
}

function person(world: World): void {
  const { scenario, sim } = world;
  const { gone, goneAt, cancelAt, editedAt, takenOverAt, more, moreAt } = scenario;
  if (gone !== "none")
    sim.at(goneAt * S, () => {
      sim.note(gone);
      sim.say("world", gone === "disconnected" ? "the account is disconnected" : `the lamp is ${gone}`);
      if (gone === "disconnected") world.keeper.isDisconnected = true;
      else world.keeper.markGone("lamp", gone);
      world.oracle.isGone(gone === "disconnected" ? null : "lamp");
      for (const posting of [...world.keeper.postings.values()]) world.ends.changed(posting);
    });
  if (cancelAt !== null) sim.at(cancelAt * S, () => world.person.cancels("lamp@A"));
  if (editedAt !== null)
    sim.at(editedAt * S, () => {
      sim.note("edited");
      sim.say("person", "edits the lamp");
      world.edited("lamp");
    });
  if (takenOverAt !== null) sim.at(takenOverAt * S, () => world.person.takesOver("lamp@A", "B"));
  if (more !== "none")
    sim.at(moreAt * S, () =>
      asksFor(world, "lamp@2", scenario.driver, "A", more === "another" ? { consent: "another" } : {}),
    );
  if (scenario.act === "message")
    sim.at(90 * S, () => world.tape.is(3) && world.site.theyWrite("Are you there?"));
}

function service(world: World): void {
  const { scenario, sim } = world;
  const { reconnectAt, restoreAt, registeredAt } = scenario;
  if (reconnectAt !== null) {
    sim.at(reconnectAt * S, () => {
      sim.note("reconnected");
      sim.say("person", "disconnects the account");
      world.keeper.isDisconnected = true;
    });
    sim.at((reconnectAt + 60) * S, () => {
      sim.say("person", "connects it again");
      world.keeper.isDisconnected = scenario.gone === "disconnected" && sim.now >= scenario.goneAt * S;
      world.wake();
    });
  }
  if (restoreAt !== null) restores(world, restoreAt);
  if (registeredAt !== null) sim.at(registeredAt * S, () => world.registers(world.tape.draw(2) === 0));
}

function restores(world: World, at: number): void {
  let snapshot: ReadonlyMap<string, Posting> = new Map();
  world.sim.at((at - 40) * S, () => (snapshot = new Map(world.keeper.postings)));
  world.sim.at(at * S, () => {
    if (snapshot.size === 0) return;
    world.sim.note("backup put back");
    world.sim.say("world", "the database is put back from a backup 40 s old");
    world.oracle.isRestored = true;
    world.keeper.restore(snapshot);
  });
}
