/** Where things are in the two dialogs of the delivery section. Apart from the form's, which the page has in its plan. */
import type { Locator } from "#core/plan/plan.ts";

export const SHIP_FROM = {
  opener: [
    { by: "css", css: 'button[data-testid="ShipsFromAddButton"]' },
    { by: "role", role: "button", name: ["Ship from", "Ships from"], exact: true },
  ],
  zip: [
    { by: "css", css: '[role="dialog"] input[placeholder="Enter 5-digit Zip Code"]' },
    { by: "label", text: ["ZIP code", "Zip code"] },
    { by: "meaning", field: "postalCode" },
  ],
  save: [{ by: "text", text: "Save", within: '[role="dialog"]' }],
} satisfies Record<string, Locator[]>;

export const LABEL = {
  opener: [
    { by: "css", css: 'input[data-testid="SelectShipping"]' },
    { by: "css", css: "#sellShippingClassesInput" },
    { by: "role", role: "textbox", name: "Shipping label", exact: true },
  ],
  gotIt: [{ by: "text", text: "Got it", within: '[role="dialog"]' }],
  pounds: [
    { by: "css", css: '[data-testid="ItemWeightInPounds"]' },
    { by: "label", text: ["Pounds", "lb", "lbs"] },
    { by: "meaning", field: "weightPounds" },
  ],
  ounces: [
    { by: "css", css: '[data-testid="ItemWeightInOunces"]' },
    { by: "label", text: ["Ounces", "oz"] },
    { by: "meaning", field: "weightOunces" },
  ],
  fitsYes: [{ by: "css", css: 'input[data-testid="FitsInShoeboxYes"]' }],
  fitsNo: [{ by: "css", css: 'input[data-testid="FitsInShoeboxNo"]' }],
  fits: [{ by: "label", text: "Will your item fit in a shoebox?" }],
  length: [
    { by: "css", css: '[data-testid="InputLength"]' },
    { by: "label", text: ["Length (in)", "Length"] },
  ],
  width: [
    { by: "css", css: '[data-testid="InputWidth"]' },
    { by: "label", text: ["Width (in)", "Width"] },
  ],
  height: [
    { by: "css", css: '[data-testid="InputHeight"]' },
    { by: "label", text: ["Height (in)", "Height"] },
  ],
  next: [
    { by: "css", css: '[data-testid="SelectCarrierButton"]' },
    { by: "text", text: "Next", within: '[role="dialog"]' },
  ],
  save: [
    { by: "css", css: '[data-testid="SelectCarrierSaveButton"]' },
    { by: "text", text: "Save", within: '[role="dialog"]' },
  ],
} satisfies Record<string, Locator[]>;
