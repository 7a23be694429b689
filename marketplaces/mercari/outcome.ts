/**
 * "Your item could not be listed" and any other notice after List are not proof of refusal: the site may have listed
 * before it lost its answer. They stay unknown until the account's own list has been read.
 */
import type { OutcomeSigns } from "#core/marketplace/marketplace.ts";

export const outcome: OutcomeSigns = {
  listed: [
    { urlPattern: "/sell/confirmation/(m\\d+)", idGroup: 1 },
    { visible: [{ by: "text", text: "Your listing is live." }] },
  ],
  rejected: [
    {
      by: "text",
      text: ["Please select a brand", "Please select a category", "Please select a shipping carrier"],
    },
  ],
  form: [
    { by: "css", css: '[data-testid="ListButton"]' },
    { by: "role", role: "button", name: "List", exact: true },
  ],
  stops: [
    {
      kind: "login",
      urlIncludes: ["mercari.com/login", "mercari.com/signin", "mercari.com/signup"],
      visible: [{ by: "css", css: 'input[type="password"]' }],
    },
    { kind: "captcha", texts: ["verify you are human"] },
    {
      kind: "checkpoint",
      texts: [
        "We need to verify it's you",
        "Enter the code we sent",
        "adding a payment method",
        "Add credit / debit card",
      ],
    },
    { kind: "limit", texts: ["Currently you are limited to"] },
    { kind: "block", texts: ["unusual activity", "Account restricted"] },
  ],
};
