/**
 * Where things are on the sell form: test ids and names read on the live site 2026-08 (see README.md), then the visible
 * label, then meaning. Ordered: the first that leads to exactly one control wins.
 */
import type { Locator } from "#core/plan/plan.ts";

export const FIELDS = {
  photos: [
    { by: "css", css: 'input[data-testid="SellPhotoInput"]' },
    { by: "css", css: 'input[type="file"]:is([accept*="image"], [accept*=".jp"])' },
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
