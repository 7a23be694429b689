/** What stands in a filled form while Hawker waits for its button: what a person is typing, and what the site wrote there. */
import { expect, it } from "vitest";
import { apply, keeperOf, newPosting, type Posting } from "../posting/index.ts";
import { sentenceOf } from "../posting/sentences.ts";
import { NOW, readyHands } from "./testing/ready-hands.ts";
import type { PageHost } from "../fill/testing/drive.ts";
import { field, planOf, press, useSmallPages } from "../fill/testing/small-pages.ts";
import type { FillStep, Plan, StepReport } from "../plan/index.ts";
import { carryOut, type Hands } from "./carry-out.ts";
import { drivePhase } from "./drive-phase.ts";
import { fillForm, standingForm } from "./fill-form.ts";
import { phaseAsFilled, phaseAsPressed } from "./phase-as-step.ts";

const FENCE = 3;
const publish = press("Publish", { any: [{ visible: [{ by: "css", css: "#done" }] }] });
const price = field("Price", "45", { value: { kind: "money", text: "45" } });
/** The button is out of order, as while photos are being uploaded. */
const FORM = (fields: string, read: string) =>
  `${fields}<button id=publish disabled onclick="sent.push(${read}); done.hidden = false">Publish</button>
  <p id=done hidden>Live</p><script>sent = []</script>`;

const known = { liveFence: FENCE, leaseUntil: NOW + 900_000, gone: null, cloudReady: true };

/** A tab's hands without its browser. `meanwhile` is done once the form stands filled for the first time. */
const tab = (host: PageHost, plan: Plan, meanwhile: () => Promise<void>) => {
  const begun = newPosting({ id: "p", itemId: "i", driver: "tab", mode: "publish", at: NOW });
  const claimed = { state: "claimed", fence: FENCE, runUntil: NOW + 900_000 } as const;
  let posting: Posting = { ...begun, ...claimed };
  let [reports, byHand, keptAt]: [StepReport[], string[], number] = [[], [], 0];
  let during: Promise<void> | null = null;
  const standing = async () => {
    if (reports.length === 0) return null;
    const form = await standingForm(host, { plan, reports, byHand, keep: posting.questions > keptAt });
    keptAt = posting.questions;
    if (form) ({ byHand } = form);
    return form;
  };
  const send: Hands["send"] = (event) => {
    const applied = apply(posting, event, keeperOf(posting, [], { now: NOW, ...known }));
    if (applied.ok) ({ posting } = applied);
    return Promise.resolve(applied);
  };
  const hands: Hands = {
    ...readyHands,
    noteReading: () => Promise.resolve(),
    send,
    async form() {
      const form = await standing();
      return form ? (form.isWhole ? "filled" : "begun") : "none";
    },
    async fill() {
      const end = await fillForm(host, { plan, reports, standing: await standing() });
      reports = end.steps;
      during ??= meanwhile();
      return phaseAsFilled(end);
    },
    async press(permit) {
      const input = { plan, phase: "submit" as const, reports, byHand, deadlineMs: 60_000, permit };
      return phaseAsPressed(await drivePhase(host, input));
    },
    siteAnswer: () => Promise.resolve({ kind: "listed", externalId: "m1", url: "https://shop.test/m1" }),
    record: {
      has: () => Promise.resolve(false),
      last: () => Promise.resolve(null),
      write: () => Promise.resolve(),
      erase: () => Promise.resolve(),
    },
  };
  return {
    async run(): Promise<Posting> {
      await carryOut(hands, posting, 0);
      await during;
      return posting;
    },
    async goOn(): Promise<Posting> {
      await send({ kind: "answer", question: posting.question?.number ?? 0, answer: { kind: "go-on" } });
      posting = { ...posting, ...claimed };
      return this.run();
    },
  };
};

const { page, pages, open } = useSmallPages();
const sent = () => page().evaluate("sent");
const type = async (id: string, text: string) => {
  await page().click(id, { clickCount: 3 });
  await page().keyboard.type(text);
};
const free = () => page().evaluate("publish.disabled = false");

const TITLE_AND_PRICE = FORM(
  "<label>Title <input id=t></label><label>Price <input id=p></label>",
  "[t.value, p.value]",
);
const plan = planOf([field("Title", "Hat"), price], [publish]);

it("a price that is being typed is asked about and not published; Continue publishes what the person set", async () => {
  pages["/"] = TITLE_AND_PRICE;
  const post = tab(await open("/", { world: "isolated" }), plan, async () => {
    await type("#p", "4"); // the first digit of 47
    await free();
  });
  const asked = await post.run();
  expect(asked).toMatchObject({
    state: "needs_human",
    permits: 0,
    ending: { code: "field", label: "Price", reason: "changed-by-hand" },
  });
  expect(sentenceOf(asked.ending!, "Shop")).toBe(
    "You changed Price in the form on Shop. Continue keeps what you set.",
  );
  expect(await sent()).toEqual([]);
  await page().keyboard.type("7");
  await post.goOn();
  expect(await sent()).toEqual([["Hat", "47"]]);
});

it("what the site changed beside it is not set again meanwhile: the person is asked about theirs first", async () => {
  pages["/"] = TITLE_AND_PRICE;
  const post = tab(await open("/", { world: "isolated" }), plan, async () => {
    await page().evaluate(`t.value = "recognised"`);
    await type("#p", "4");
    await free();
  });
  expect(await post.run()).toMatchObject({ ending: { label: "Price", reason: "changed-by-hand" } });
  expect(await page().inputValue("#p")).toBe("4");
  await page().keyboard.type("7");
  await post.goOn();
  expect(await sent()).toEqual([["Hat", "47"]]);
});

it("a price that was cleared and left is set again by Continue", async () => {
  pages["/"] = TITLE_AND_PRICE;
  const post = tab(await open("/", { world: "isolated" }), plan, async () => {
    await page().click("#p", { clickCount: 3 });
    await page().keyboard.press("Backspace");
    await free();
  });
  expect(await post.run()).toMatchObject({ ending: { label: "Price", reason: "changed-by-hand" } });
  await post.goOn();
  expect(await sent()).toEqual([["Hat", "45"]]);
});

it("all that the person changed is named at once", async () => {
  pages["/"] = TITLE_AND_PRICE;
  const post = tab(await open("/", { world: "isolated" }), plan, async () => {
    await type("#t", "Straw hat");
    await type("#p", "4");
    await free();
  });
  expect(await post.run()).toMatchObject({ ending: { label: "Title and Price" } });
});

const EDITOR: FillStep = field("Title", "", {
  value: { kind: "richText", text: "Blue hat" },
  locators: [{ by: "role", role: "textbox", name: "Title" }],
});
it.each<[string, string, string, FillStep]>([
  [
    "a field that takes no script's text",
    `<label>Title <input id=t oninput="if (!event.isTrusted) value = ''"></label>`,
    "value",
    field("Title", "Blue hat"),
  ],
  [
    "an editor",
    `<span id=l>Title</span><div id=t contenteditable=true role=textbox aria-labelledby=l aria-multiline=true style="min-height:20px"></div>`,
    "textContent",
    EDITOR,
  ],
])(
  "what the site writes over %s that Hawker typed in is not published as the person's",
  async (_what, html, of, step) => {
    pages["/"] = FORM(html, `t.${of}`);
    const post = tab(await open("/", { world: "isolated" }), planOf([step], [publish]), async () => {
      await page().evaluate(`t.${of} = "Men cap, recognised"; publish.disabled = false`);
    });
    await post.run();
    expect(await sent()).toEqual(["Blue hat"]);
  },
);

it("a field that the person was in before Hawker typed there is not theirs by that", async () => {
  pages["/"] = FORM(
    `<label>Title <input id=t oninput="if (!event.isTrusted) value = ''"></label>`,
    "t.value",
  );
  const host = await open("/", { world: "isolated" });
  await page().click("#t");
  const post = tab(host, planOf([field("Title", "Blue hat")], [publish]), async () => {
    await page().evaluate(`t.value = "Men cap, recognised"; publish.disabled = false`);
  });
  await post.run();
  expect(await sent()).toEqual(["Blue hat"]);
});
