/** The hands of core/host/carry-out.ts in this world: they read, press and send, and anything may fail. */
import { type Filled, type Hands, type Pressed, ServiceAway } from "../../host/carry-out.ts";
import { CONFIRM_MS, EVIDENCE, type PostingEvent, whyVoid } from "../index.ts";
import type { Host } from "./host.ts";
import { itemOf, markerOf, payloadOf, TRACES } from "./items.ts";
import { LOGIN } from "./list-faults.ts";
import { S } from "./sim.ts";
import type { PressAnswer } from "./site.ts";
import type { World } from "./world.ts";

const UNKNOWN: PressAnswer = { kind: "unknown", message: "" };

export function handsOf(world: World, host: Host, id: string): Hands {
  const { scenario } = world;
  const memory = host.memory(id);
  const item = itemOf(id);
  // What the form was filled with is what is pressed, whatever the seller edits meanwhile.
  const version = () => memory.form?.version ?? world.versionOf(item);
  return {
    now: () => host.clocks().wall,
    random: () => 0.5,
    itemId: world.keeper.get(id).itemId,
    login: { id: LOGIN, name: LOGIN },
    get marker() {
      return markerOf(scenario.act, item, version());
    },
    trace: TRACES[scenario.act],
    policy: world.policy,
    lookMs: [5 * S, 15 * S, 45 * S],
    payloadHash: () => Promise.resolve(payloadOf(item, version())),
    send: (event) => send(world, host, id, event),
    books: () =>
      world.reaches(host.name)
        ? Promise.resolve(world.keeper.booksFor(id))
        : Promise.reject(new ServiceAway("the books cannot be read")),
    read: async () => {
      await host.step("looking", 4 * S);
      const reading = world.lists.read(host.clocks().wall);
      world.oracle.read(id, host.name, reading);
      return reading;
    },
    noteReading: (reading) => {
      world.noteReading(host.name, id, reading);
      return Promise.resolve();
    },
    form: () => {
      if (memory.isLost) return Promise.resolve("lost");
      return Promise.resolve(memory.form !== null && memory.form.second === null ? "filled" : "none");
    },
    loseForm: () => {
      memory.isLost = true;
      return Promise.resolve();
    },
    fill: () => fill(world, host, id),
    press: (permit) => press(world, host, id, permit),
    siteAnswer: async () => {
      await host.step("before the outcome is on record", 3 * S);
      if (memory.answer?.kind === "listed" && host.name !== "cloud") world.oracle.signSeen(id, host.name);
      return memory.answer ?? UNKNOWN;
    },
    record: {
      has: (attempt) => Promise.resolve(memory.record?.attempt === attempt),
      last: () => Promise.resolve(memory.record?.attempt ?? null),
      write: (attempt) => {
        memory.record = { attempt, at: world.sim.now };
        return Promise.resolve();
      },
      erase: () => {
        memory.record = null;
        return Promise.resolve();
      },
    },
    endingOf: (error) => ({
      ending: { code: "unreachable", message: error instanceof Error ? error.message : String(error) },
      crashed: false,
    }),
  };
}

async function fill(world: World, host: Host, id: string): Promise<Filled> {
  const memory = host.memory(id);
  await host.step("filling", 30 * S);
  const went = world.tape.pick(["well", "well", "well", "well", "unreachable", "field"] as const);
  if (world.isRefusedNow(id))
    return { kind: "refused", ending: { code: "item", message: "not in this category" } };
  if (went === "unreachable") {
    world.oracle.pageFailed(id);
    return { kind: "refused", ending: { code: "unreachable", message: "net::ERR_FAILED" } };
  }
  if (went === "field")
    return { kind: "refused", ending: { code: "field", label: "Photos", reason: "photos-rejected" } };
  Object.assign(memory, { answer: null, byHand: null });
  memory.form = { host: host.name, version: world.versionOf(itemOf(id)), second: null };
  world.formStands(host.name, id);
  return { kind: "filled" };
}

/** What a host does with an event: evidence waits on disk until it is heard; all else needs an answer now. */
function send(world: World, host: Host, id: string, event: PostingEvent): ReturnType<Hands["send"]> {
  if (!world.reaches(host.name)) {
    if (EVIDENCE.includes(event.kind)) host.memory(id).outbox.push(event);
    return Promise.resolve(null);
  }
  host.flush(id);
  const applied = world.keeper.play(id, event);
  if (event.kind === "ready" && applied.ok) host.memory(id).isLost = false;
  if (event.kind === "permit" && applied.ok && world.tape.is(8)) {
    world.sim.say(host.name, "does not hear the permit's answer");
    return Promise.resolve(null);
  }
  return Promise.resolve(applied);
}

/** The engine in the page: asks last of all, judges the permit's age by both clocks, presses in the same turn. */
async function press(world: World, host: Host, id: string, permit: () => Promise<boolean>): Promise<Pressed> {
  const { sim, tape } = world;
  const memory = host.memory(id);
  if (tape.pick(["no", "no", "no", "captcha"]) === "captcha")
    return { kind: "stopped", stop: { kind: "captcha", evidence: "before the button" } };
  const leavesButton = (pressed: Pressed): Pressed => {
    memory.isAtButton = false;
    return pressed;
  };
  memory.isAtButton = true;
  const asked = host.clocks();
  if (!(await permit()) && memory.byHand === null) return leavesButton({ kind: "unpressed" });
  const permitted = world.permitAtHand(id);
  const presses = () => {
    const byHand = memory.byHand;
    // The engine listens on the button: whoever clicks first has pressed, and nothing is added.
    if (byHand) return "by hand";
    const why = whyVoid(asked, host.clocks());
    if (why) sim.say(host.name, `the permit is void (${why}): nothing is pressed`);
    if (why || memory.form === null) return "void";
    pressInPage(world, host, id, permitted);
    return "pressed";
  };
  // The page lives longer than the service worker that gave it the permit.
  await host.step("between permit and press", 1 * S, () => sim.at(1 * S, () => void presses()));
  const went = presses();
  if (went === "void") return leavesButton({ kind: "unpressed" });
  if (went === "by hand") return leavesButton({ kind: "pressed", by: "person" });
  await confirms(world, host, id);
  return leavesButton({ kind: "pressed", by: "hawker" });
}

function pressInPage(
  world: World,
  host: Host,
  id: string,
  permitted: ReturnType<World["permitAtHand"]>,
): void {
  const memory = host.memory(id);
  const { form } = memory;
  if (!form) return;
  const answer = world.press(id, host.name, form, permitted);
  if (answer.kind === "second-page") form.second = answer;
  else [memory.answer, memory.form] = [answer, null];
}

/** The plan's confirmations, once each, on the page that the press led to: one that is gone is not looked for. */
async function confirms(world: World, host: Host, id: string): Promise<void> {
  const memory = host.memory(id);
  const { form } = memory;
  const page = form?.second;
  if (!page) return;
  const pressed = host.clocks();
  await host.step("between the press and its confirmation", 2 * S);
  if (memory.form?.second !== page) return;
  const why = whyVoid(pressed, host.clocks(), CONFIRM_MS);
  if (why)
    return world.sim.say(host.name, `the second page has stood too long (${why}): nothing is confirmed`);
  memory.answer = world.confirm(page, host.name, form);
  memory.form = null;
}
