/** Where things are on the delivery step and in its dialog. Apart from the form's, which the page has in its plan. */
import type { Locator } from "#core/plan/plan.ts";

export const DELIVERY = {
  method: [
    { by: "label", text: "Delivery method", first: true },
    { by: "role", role: "combobox", name: "Delivery method", exact: true },
  ],
  shippingRow: [{ by: "role", role: "menuitemcheckbox", name: "Shipping", exact: true }],
  pickupRow: [{ by: "role", role: "menuitemcheckbox", name: "Local pickup", exact: true }],
  selectLabel: [
    { by: "role", role: "button", name: ["Select shipping label", "Change shipping label"], exact: true },
  ],
  dialog: [{ by: "role", role: "dialog", name: "Change shipping method", exact: true }],
  weight: [
    { by: "role", role: "combobox", name: "Package weight", exact: true },
    { by: "label", text: "Package weight", first: true },
  ],
  update: [{ by: "role", role: "button", name: "Update", exact: true }],
} satisfies Record<string, Locator[]>;
