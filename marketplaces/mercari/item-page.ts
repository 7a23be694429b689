import type { ItemPageSigns } from "#core/marketplace/marketplace.ts";

export const itemPage: ItemPageSigns = {
  own: [
    { by: "css", css: '[data-testid="MoreItemOptions"]' },
    { by: "role", role: "button", name: "More options", exact: true },
  ],
  title: [
    { by: "css", css: '[data-testid="ItemName"]' },
    { by: "css", css: "main h1" },
  ],
  price: [
    { by: "css", css: '[data-testid="ItemPrice"]' },
    { by: "css", css: "main h1 + p" },
  ],
  description: [
    { by: "css", css: '[data-testid="ItemDescription"]' },
    { by: "css", css: "main p.description" },
  ],
  photos: '[data-testid="ProductSquareImage"] img',
  anchor: [
    { by: "css", css: '[data-testid="MoreItemOptions"]' },
    { by: "css", css: "main h1" },
  ],
};
