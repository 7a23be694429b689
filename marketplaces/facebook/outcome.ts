/**
 * Publishing shows no id: the page goes to the seller's own list. "Something went wrong" is no refusal, since the listing
 * may have been made before the answer was lost: it stays unknown until that list has been read.
 */
import type { OutcomeSigns } from "#core/marketplace/marketplace.ts";

export const outcome: OutcomeSigns = {
  listed: [
    { urlPattern: "facebook\\.com/marketplace/you/" },
    { visible: [{ by: "text", text: "Listing published" }] },
  ],
  rejected: [{ by: "role", role: "dialog", name: "Your listing wasn't published", exact: true }],
  form: [{ by: "css", css: '[aria-label="Publish"], [aria-label="Next"]' }],
  stops: [
    { kind: "captcha", urlIncludes: ["/checkpoint/captcha"], texts: ["Enter the characters you see"] },
    {
      kind: "checkpoint",
      urlIncludes: ["facebook.com/checkpoint", "/two_step_verification", "facebook.com/recover"],
      texts: ["Two-Factor Authentication Required", "Login approval needed"],
      visible: [{ by: "css", css: 'input[name="approvals_code"]' }],
    },
    // Without a session the create page ends on /marketplace/ with a log-in form, and no error.
    {
      kind: "login",
      urlIncludes: ["facebook.com/login"],
      visible: [{ by: "css", css: 'input[type="password"]' }],
    },
    {
      kind: "block",
      texts: [
        "You're Temporarily Blocked",
        "your account has been locked",
        "Your account has been disabled",
        "You Can't Buy or Sell on Facebook",
        "We're Reviewing Your Request",
      ],
    },
    {
      kind: "limit",
      visible: [{ by: "role", role: "dialog", name: "Limit reached", exact: true }],
      texts: ["We limit how often you can post, comment or do other things"],
    },
  ],
};
