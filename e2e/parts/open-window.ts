/**
 * Chromium as a person has it: one real window, on a display of its own where there is none. None of the switches automation
 * adds so that hidden tabs keep running, and no emulated focus, which makes every page believe it is seen.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { chromium, type BrowserContext } from "@playwright/test";
import type { Everything } from "../../scripts/everything.ts";

const ended = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once("exit", () => resolve()));

/** A virtual display; Xvfb picks a free number and writes it to its third descriptor. */
const openDisplay = async (): Promise<{ display: string; stop: () => Promise<void> }> => {
  const xvfb = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const number = await new Promise<string>((resolve, reject) => {
    xvfb.once("error", (cause) => reject(new Error("Xvfb does not start. Install it.", { cause })));
    xvfb.once("exit", (code) => reject(new Error(`Xvfb ended (${code}).`)));
    xvfb.stdio[3]?.once("data", (chunk: Buffer) => resolve(chunk.toString().trim()));
  });
  return {
    display: `:${number}`,
    stop: async () => {
      xvfb.kill("SIGTERM");
      await ended(xvfb);
    },
  };
};

export type BrowserWindow = { context: BrowserContext; stop: () => Promise<void> };

export const openWindow = async (all: Everything, profile: string): Promise<BrowserWindow> => {
  const screen = await openDisplay();
  const browserProcess = spawn(
    all.chromium,
    [
      ...all.browserArgs,
      `--user-data-dir=${profile}`,
      "--remote-debugging-port=0",
      "--no-default-browser-check",
      "--password-store=basic",
      "--use-mock-keychain",
      "--window-size=1280,900",
      `--disable-extensions-except=${all.extensionDir}`,
      `--load-extension=${all.extensionDir}`,
      "about:blank",
    ],
    { env: { ...process.env, DISPLAY: screen.display }, stdio: ["ignore", "ignore", "pipe"] },
  );
  const endpoint = await new Promise<string>((resolve, reject) => {
    let tail = "";
    createInterface({ input: browserProcess.stderr }).on("line", (line) => {
      tail = `${tail}\n${line}`.slice(-2000);
      const found = /^DevTools listening on (ws:\S+)/.exec(line)?.[1];
      if (found) resolve(found);
    });
    browserProcess.once("exit", (code) => reject(new Error(`Chromium ended (${code}):${tail}`)));
  });
  const browser = await chromium.connectOverCDP(endpoint, { noDefaults: true });
  const [context] = browser.contexts();
  if (!context) throw new Error("The browser has no default context.");
  return {
    context,
    stop: async () => {
      await browser.close();
      browserProcess.kill("SIGTERM");
      await ended(browserProcess);
      await screen.stop();
    },
  };
};
