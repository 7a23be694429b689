/** Who the marketplaces are, without their rules: the extension's manifest is made from it, before any bundler runs. */
import { identity as craigslist } from "./craigslist/identity.ts";
import { identity as facebook } from "./facebook/identity.ts";
import { identity as mercari } from "./mercari/identity.ts";

export const identities = [facebook, mercari, craigslist] as const;
