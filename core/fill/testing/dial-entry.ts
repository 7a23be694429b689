/** A bundle for tests with one gesture of its own, a dial that a press sets and that shows it, and one site that may refuse. */
import type { AccountRules, OutcomeSigns } from "../../marketplace/marketplace.ts";
import type { PageEngine } from "../../plan/index.ts";
import { createEngine, type Gesture } from "../index.ts";

const dial: Gesture = {
  read(tools, value) {
    const [found] = tools.findAll({ by: "css", css: "#dial" });
    if (!found) return "missing";
    const shown = found.innerText.trim();
    return shown === value ? "same" : shown === "" ? "empty" : "other";
  },
  async act(tools, value) {
    const found = await tools.find([{ by: "css", css: "#dial" }]);
    if (!found) return tools.refuse("not-found");
    found.dataset["next"] = String(value);
    await tools.press(found);
    return { verified: found.innerText === value };
  },
};

const outcome: OutcomeSigns = {
  listed: [{ visible: [{ by: "css", css: "#done" }] }],
  rejected: [{ by: "css", css: "#refused" }],
  form: [{ by: "role", role: "button", name: "Publish" }],
  stops: [],
};

(globalThis as typeof globalThis & { __hawkerPage?: PageEngine }).__hawkerPage = createEngine({
  marketplaces: { none: { outcome, account: {} as AccountRules } },
  gestures: { dial },
});
