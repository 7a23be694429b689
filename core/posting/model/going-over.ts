/** What a browser kept alone goes over to the service, and what the person has to send on there. */
import { pressedByPerson, waitsForHand } from "../index.ts";
import { itemOf, markerOf } from "./items.ts";
import type { Service } from "./service.ts";
import { S } from "./sim.ts";
import type { World } from "./world.ts";

export function handOver(world: World, before: Service): void {
  const { keeper, policy } = world;
  const marked = (id: string) => markerOf(world.scenario.act, itemOf(id), world.versionOf(itemOf(id)));
  const forgotten = world.hosts.A.takesForgotten(before.postings); // the others were told of, and count anew under other permits
  keeper.adopt(before, ({ id }) => {
    world.person.wasHandedOver(id);
    world.oracle.wasHandedOver(id);
    return { marker: marked(id), policy };
  });
  for (const id of forgotten) keeper.play(id, pressedByPerson(marked(id), policy, null));
  for (const posting of before.postings.values()) if (waitsForHand(posting)) pause(world, posting.id);
}

/** What the browser had asked before a press, the person has to send on. */
function pause(world: World, id: string): void {
  world.paused.add(id);
  world.sim.at(world.tape.pick([60, 900]) * S, () => {
    world.sim.say("person", `goes on with ${id}`);
    world.paused.delete(id);
    world.oracle.resumed(id);
    world.wake();
  });
}
