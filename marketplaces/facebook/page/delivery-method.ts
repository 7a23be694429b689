/** A combobox whose menu ticks several rows ("Shipping", "Local pickup"); both are ticked when the step opens. */
import type { Gesture } from "#core/fill/index.ts";
import type { Locator } from "#core/plan/index.ts";
import { DELIVERY } from "./locators.ts";

type Methods = { shipping: boolean; pickup: boolean };
/** The site takes its time until a tick counts. */
const COMMIT_MS = 6000;

export const deliveryMethod: Gesture = {
  /** Closed, it names what is ticked: "Shipping & local pickup". */
  read(tools, value) {
    const wanted = value as Methods;
    const opener = DELIVERY.method.flatMap((locator) => tools.findAll(locator))[0];
    if (!opener) return "missing";
    const said = tools.normalise(opener.innerText.replace(/delivery method/i, ""));
    const shipping = said.includes("shipping");
    const pickup = said.includes("pickup");
    if (!shipping && !pickup) return "empty";
    return shipping === wanted.shipping && pickup === wanted.pickup ? "same" : "other";
  },

  async act(tools, value) {
    const wanted = value as Methods;
    const opener = await tools.find(DELIVERY.method);
    if (!opener) return tools.refuse("not-found", "the delivery method");
    const rowOf = (locators: readonly Locator[]) =>
      locators.flatMap((locator) => tools.findAll(locator))[0] ?? null;
    const isOpen = () => rowOf(DELIVERY.pickupRow) !== null;
    if (!isOpen()) await tools.press(opener);
    if (!(await tools.waitFor(isOpen)))
      return tools.refuse("write-had-no-effect", "the delivery menu did not open");

    const rows = [
      { locators: DELIVERY.shippingRow, on: wanted.shipping, name: "Shipping" },
      { locators: DELIVERY.pickupRow, on: wanted.pickup, name: "Local pickup" },
    ].sort((a, b) => Number(b.on) - Number(a.on)); // on before off: there is always one method
    for (const { locators, on, name } of rows) {
      const row = rowOf(locators);
      if (!row) {
        if (on) return tools.refuse("option-missing", `${name} is not offered for this category`);
        continue;
      }
      if (tools.isOn(row) === on) continue;
      await tools.press(row);
      const committed = await tools.waitFor(() => {
        const now = rowOf(locators);
        return now !== null && tools.isOn(now) === on;
      }, COMMIT_MS);
      if (!committed) return tools.refuse("write-had-no-effect", `${name} could not be switched`);
    }
    const agrees = rows.every(({ locators, on }) => (tools.isOn(rowOf(locators) ?? opener) ?? false) === on);
    if (isOpen()) await tools.press(opener);
    await tools.waitFor(() => !isOpen(), 1000);
    return agrees ? { verified: true } : tools.refuse("read-back-differs", "the ticks are not as set");
  },
};
