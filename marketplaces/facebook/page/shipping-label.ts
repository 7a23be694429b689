/** "Select shipping label" opens a dialog with the package's weight class; the carrier fills itself in, then "Update". */
import type { Gesture } from "#core/fill/index.ts";
import { DELIVERY } from "./locators.ts";

/** Pricing a class and closing the dialog are both answered by the server. */
const SERVER_MS = 20_000;

export const shippingLabel: Gesture = async (tools, value) => {
  const weight = String(value);
  const opener = await tools.find(DELIVERY.selectLabel);
  if (!opener) return tools.refuse("not-found", "the shipping label button");
  const shows = () => {
    const button = DELIVERY.selectLabel.flatMap((locator) => tools.findAll(locator))[0];
    return tools.normalise(button?.parentElement?.innerText ?? "").includes(tools.normalise(weight));
  };
  if (shows()) return { verified: true };
  const dialog = await tools.open(opener, DELIVERY.dialog);
  if (!dialog) return tools.refuse("write-had-no-effect", "the label dialog did not open");
  const chosen = await tools.fill(DELIVERY.weight, { kind: "choice", accept: [weight] });
  if ("refused" in chosen) return chosen;
  const update = await tools.find(DELIVERY.update);
  if (!update || !(await tools.press(update, SERVER_MS)))
    return tools.refuse("write-had-no-effect", "the label cannot be saved");
  const closed = await tools.waitFor(() => !dialog.isConnected && shows(), SERVER_MS);
  return closed
    ? { verified: true }
    : tools.refuse("read-back-differs", "the form does not show the label's weight");
};
