/** What the server tells a page's script. Printed as a JSON block, which a strict CSP allows. */
import { mutationFrom, type Mutation, type MutationSpec } from "./mutation.ts";

export interface PageConfig<Data = unknown> {
  readonly mutation: MutationSpec;
  readonly page: string;
  readonly user: { readonly handle: string; readonly name: string; readonly userId: string } | null;
  /** The anti-forgery token of this session (`fb_dtsg`, `x-csrf-token`). */
  readonly csrf: string;
  /** What a log-in that was not made in this page leaves in localStorage. */
  readonly storage: Readonly<Record<string, string>>;
  readonly data: Data;
}

let cached: PageConfig | null = null;

/** The page's config, parsed once. */
export function pageConfig<Data>(): PageConfig<Data> {
  if (!cached) {
    const block = document.querySelector('script[type="application/json"]');
    if (!block?.textContent) throw new Error("the page has no configuration block");
    cached = JSON.parse(block.textContent) as PageConfig;
    for (const [name, value] of Object.entries(cached.storage)) localStorage.setItem(name, value);
  }
  return cached as PageConfig<Data>;
}

let mutation: Mutation | null = null;

/** The mutation this page was served under. */
export const pageMutation = (): Mutation => (mutation ??= mutationFrom(pageConfig().mutation));
