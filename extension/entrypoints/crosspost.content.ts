import { defineContentScript } from "wxt/utils/define-content-script";
import { startCrosspost } from "../content/start-crosspost.ts";

/** Registered per site when it is connected (background/connect/content-scripts.ts), never at install. */
export default defineContentScript({
  registration: "runtime",
  matches: ["https://*.facebook.com/*", "https://*.mercari.com/*", "https://*.craigslist.org/*"],
  main(context) {
    const stop = startCrosspost(document, () => context.isValid);
    context.onInvalidated(stop);
  },
});
