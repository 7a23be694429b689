import type { OutcomeSigns } from "#core/marketplace/marketplace.ts";

export const outcome: OutcomeSigns = {
  // The page that thanks links to the posting; no step before it does.
  listed: [
    {
      linkPattern: "^https://[a-z]+\\.craigslist\\.org/(?:[a-z]+/){1,2}d/[^/]+/(\\d{10})\\.html",
      idGroup: 1,
    },
  ],
  rejected: [{ by: "text", text: "Please correct the following:" }],
  form: [
    { by: "css", css: '#PostingTitle, textarea[name="PostingBody"]' },
    { by: "label", text: "posting title" },
  ],
  stops: [
    {
      kind: "login",
      visible: [
        { by: "css", css: 'input[type="password"]' },
        // Guests may post with an e-mail address; Hawker posts for an account or not at all.
        { by: "css", css: 'input[name="FromEMail"]' },
        { by: "role", role: "link", name: "log in to your account", exact: true },
      ],
    },
    { kind: "captcha", texts: ["Please complete the captcha"] },
    {
      kind: "checkpoint",
      texts: ["phone verification required", "to publish, edit, or verify your posting"],
    },
    { kind: "block", texts: ["This account has been blocked"] },
    { kind: "limit", texts: ["You have posted too many times recently"] },
  ],
};
