import { chromium, type Browser } from "playwright-core";
import { chromiumArgs, findHeadlessChromium } from "../../../worker/browser/find-chromium.ts";
import { pageBundle as bundleOf } from "../../../worker/browser/page-bundle.ts";

export const launchTestBrowser = async (): Promise<Browser> => {
  const executablePath = findHeadlessChromium();
  if (!executablePath)
    throw new Error("No Chromium found. Install Chrome or Chromium, or set HAWKER_CHROMIUM to its path.");
  return chromium.launch({ executablePath, args: chromiumArgs() });
};

/** The engine with a gesture of the tests' own. */
export const dialBundle = (): Promise<string> => bundleOf("core/fill/testing/dial-entry.ts");

export const pageBundle = (): Promise<string> => bundleOf("core/fill/inspect/page-entry.ts");
