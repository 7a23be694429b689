/** "Select shipping label" opens a dialog with the package's weight class; the carrier fills itself in, then "Update". */
import type { Gesture, GestureTools } from "#core/fill/index.ts";
import type { Json, Reading } from "#core/plan/index.ts";
import { DELIVERY } from "./locators.ts";

/** Pricing a class and closing the dialog are both answered by the server. */
const SERVER_MS = 20_000;

/** The weight stands beside the button, which says "Change" once there is one. */
const read = (tools: GestureTools, value: Json): Reading => {
  const button = DELIVERY.selectLabel.flatMap((locator) => tools.findAll(locator))[0];
  if (!button) return "missing";
  const said = tools.normalise(button.parentElement?.innerText ?? "");
  if (said.includes(tools.normalise(String(value)))) return "same";
  return tools.normalise(button.innerText).startsWith("change") ? "other" : "empty";
};

export const shippingLabel: Gesture = {
  read,
  async act(tools, value) {
    const opener = await tools.find(DELIVERY.selectLabel);
    if (!opener) return tools.refuse("not-found", "the shipping label button");
    const dialog = await tools.open(opener, DELIVERY.dialog);
    if (!dialog) return tools.refuse("write-had-no-effect", "the label dialog did not open");
    const chosen = await tools.fill(DELIVERY.weight, { kind: "choice", accept: [String(value)] });
    if ("refused" in chosen) return chosen;
    const update = await tools.find(DELIVERY.update);
    if (!update || !(await tools.press(update, SERVER_MS)))
      return tools.refuse("write-had-no-effect", "the label cannot be saved");
    const closed = await tools.waitFor(() => !dialog.isConnected && read(tools, value) === "same", SERVER_MS);
    return closed
      ? { verified: true }
      : tools.refuse("read-back-differs", "the form does not show the label's weight");
  },
};
