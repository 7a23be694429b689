import { pageBundle as bundleOf } from "#worker/browser/page-bundle.ts";

/** The page bundle as a string, as the worker and the extension's build make it. */
export const pageBundle = (): Promise<string> => bundleOf("marketplaces/page.ts");
