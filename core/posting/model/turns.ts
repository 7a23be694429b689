/** Whose turn it is: what a host that is awake takes on, and what it does while the service cannot be reached. */
import { mayBeFilledForHand } from "../../host/for-hand.ts";
import type { Posting } from "../index.ts";
import type { Host } from "./host.ts";
import { formStands, itemOf, markerOf } from "./items.ts";
import { S } from "./sim.ts";
import type { World } from "./world.ts";

export function drive(world: World, host: Host): void {
  if (!host.isAwake) {
    if (host.isAlive) world.wake(host.sleepsUntil - world.sim.now + S);
    return;
  }
  if (host.name === "B" && !isThereB(world)) return;
  const isHeard = world.reaches(host.name);
  if (!isHeard) world.wake(world.outageEnds - world.sim.now + S);
  for (const id of host.memories.keys()) if (world.keeper.postings.has(id)) host.flush(id);
  for (const posting of world.keeper.postings.values()) {
    if (!isItsTurn(world, host, posting)) continue;
    if (!isHeard) fillForHand(world, host, posting);
    else if (host.running === null) host.begin(posting.id);
  }
}

function isThereB({ scenario: { second, other, takenOverAt } }: World): boolean {
  return second !== "none" || other === "workspace" || takenOverAt !== null;
}

function isItsTurn(world: World, host: Host, posting: Posting): boolean {
  const isClone = host.name === "B" && world.scenario.second === "clone";
  const home = world.homeOf(posting.id);
  const isHome = home === host.name || (isClone && home === "A");
  const isStuck = posting.question?.kind === "stuck" && posting.claimedAt === null;
  const isOpen = posting.state === "queued" || posting.state === "unknown" || isStuck;
  const isDriven = ["claimed", "filling", "submitting"].includes(posting.state);
  const isResumable =
    isDriven && isHome && host.running !== posting.id && world.keeper.lease?.holder === host.holder;
  if (world.paused.has(posting.id)) return false;
  if (!(isOpen || isResumable) || posting.dueAt > world.keeper.now()) return false;
  if (host.name === "cloud") return world.keeper.cloudReady && !isResumable;
  return isHome && (posting.driver === "tab" || posting.state === "unknown" || isResumable);
}

/** Without the service a form is filled and nothing is pressed: the person may. Not where the cloud may come as well. */
function fillForHand(world: World, host: Host, posting: Posting): void {
  const memory = host.memory(posting.id);
  const isOurs = posting.driver === "tab" && posting.state === "queued" && mayBeFilledForHand(posting);
  if (host.name === "cloud" || memory.form || host.running || !isOurs) return;
  world.sim.say(host.name, `fills ${posting.id} for the person: the service cannot be reached`);
  const version = world.versionOf(itemOf(posting.id));
  memory.form = { host: host.name, version, second: null };
  memory.outbox.push(formStands(markerOf(world.scenario.act, itemOf(posting.id), version)));
  world.formStands(host.name, posting.id);
}
