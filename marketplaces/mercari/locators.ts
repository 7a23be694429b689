/**
 * Where things are on the sell form: test ids and names read on the live site 2026-08 (see README.md), then the visible
 * label, then meaning. Ordered: the first that leads to exactly one control wins.
 */
import type { Locator } from "#core/plan/plan.ts";

export const FIELDS = {
  photos: [
    { by: "css", css: 'input[data-testid="SellPhotoInput"]' },
    { by: "css", css: 'input[type="file"][accept*="image"]' },
    { by: "meaning", field: "photos" },
  ],
  title: [
    { by: "css", css: "#sellName" },
    { by: "css", css: '[data-testid="Title"]' },
    { by: "label", text: "Title" },
    { by: "meaning", field: "title" },
  ],
  description: [
    { by: "css", css: "#sellDescription" },
    { by: "css", css: '[data-testid="Description"]' },
    { by: "label", text: "Description" },
    { by: "meaning", field: "description" },
  ],
  category: [
    { by: "css", css: 'button[data-testid="SellCategoryFieldButton"]' },
    { by: "css", css: '[data-testid="CategoryL0"]' },
    { by: "label", text: "Category" },
    { by: "meaning", field: "category" },
  ],
  brand: [
    { by: "css", css: "#sellBrandId" },
    { by: "css", css: 'input[data-testid="Brand"]' },
    { by: "label", text: "Brand" },
    { by: "meaning", field: "brand" },
  ],
  noBrand: [
    { by: "css", css: '[data-testid="NoBrandLink"] input[type="checkbox"]' },
    { by: "label", text: ["No brand / Not sure", "No brand/Not sure"] },
    { by: "meaning", field: "brand" },
  ],
  condition: [
    { by: "css", css: 'input[name="sellCondition"]' },
    { by: "label", text: "Condition" },
    { by: "meaning", field: "condition" },
  ],
  size: [
    { by: "css", css: '#itemSizeId[data-testid="Size"]' },
    { by: "label", text: "Size" },
    { by: "meaning", field: "size" },
  ],
  color: [
    { by: "css", css: "#itemColorId" },
    { by: "label", text: ["Color", "Color (optional)"] },
    { by: "meaning", field: "colors" },
  ],
  delivery: [
    { by: "css", css: 'input[name="deliveryOptions"]' },
    { by: "label", text: ["Delivery options", "Delivery method"] },
    { by: "meaning", field: "shippingProfile" },
  ],
  freeShipping: [
    { by: "css", css: '[data-testid="ShippingPayerOption"]:not([role="listbox"])' },
    { by: "label", text: ["Offer free shipping?", "Free shipping?"] },
    { by: "meaning", field: "shippingProfile" },
  ],
  price: [
    { by: "css", css: "#Price" },
    { by: "css", css: 'input[name="sellPrice"]' },
    { by: "label", text: "Price" },
    { by: "meaning", field: "price" },
  ],
  smartPricing: [
    { by: "css", css: 'button[data-testid="SmartPricingButton"]' },
    { by: "label", text: "Smart Pricing" },
  ],
} satisfies Record<string, Locator[]>;

export const ACTIONS = {
  list: [
    { by: "css", css: 'button[data-testid="ListButton"]' },
    { by: "role", role: "button", name: "List", exact: true },
  ],
  welcome: [{ by: "role", role: "dialog", name: "Why not earn some extra $$$?", exact: true }],
  gotIt: [{ by: "text", text: "Got it", within: '[role="dialog"]' }],
  templates: [{ by: "css", css: '[data-testid="ListingTemplatesEducationGotIt"]' }],
  cookies: [
    { by: "css", css: '[data-testid="CookieConsentBanner"]' },
    { by: "role", role: "region", name: "Cookies", exact: true },
  ],
  cookiesNecessary: [{ by: "text", text: ["Only necessary", "Reject all", "Decline", "Close"] }],
} satisfies Record<string, Locator[]>;

/** The two dialogs of the delivery section, worked by this folder's gestures. */
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
