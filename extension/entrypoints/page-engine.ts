import { defineUnlistedScript } from "wxt/utils/define-unlisted-script";
import "#marketplaces/page.ts";

/** Put into a marketplace's page when a post is filled there; leaves `__hawkerPage` in our isolated world. */
export default defineUnlistedScript(() => undefined);
