/** The bundle of tests that need more than a plan can ask for: a gesture that fills what it is told to, the item page's reader. */
import type { Json, PageEngine } from "../../plan/index.ts";
import { createEngine } from "../engine.ts";
import { itemPageShown } from "../read/item-page.ts";
import type { Gesture } from "../run/gesture.ts";

/** `[css, text]`: writes to the very element, without looking for it. */
const fillElement: Gesture = {
  async act(tools, value: Json) {
    const [css, text] = value as [string, string];
    const element = tools.document.querySelector<HTMLElement>(css);
    if (!element) return tools.refuse("not-found");
    const written = await tools.fillElement(element, { kind: "text", text });
    return "refused" in written ? written : { verified: written.verified };
  },
  read(tools, value: Json) {
    const [css, text] = value as [string, string];
    const element = tools.document.querySelector<HTMLElement>(css);
    if (!element) return "missing";
    return tools.readBack(element, { kind: "text", text }) ? "same" : "other";
  },
};

type World = typeof globalThis & { __hawkerPage?: PageEngine; __itemPageShown?: typeof itemPageShown };
const world = globalThis as World;
world.__hawkerPage = createEngine({ marketplaces: {}, gestures: { "test.fillElement": fillElement } });
world.__itemPageShown = itemPageShown;
