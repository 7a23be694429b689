/** Every screen and state that is photographed: where it is, how it is reached, at which sizes. */
import type { Page } from "playwright-core";

export type Story = "empty" | "signed-out" | "full";
export type Screen = {
  name: string;
  path: string;
  story: Story;
  width: number;
  height: number;
  narrow?: boolean;
  act?: (page: Page) => Promise<void>;
};

const wide = { width: 1280, height: 800 };
const openFirst = async (page: Page, title: string) => page.getByRole("link", { name: title }).click();

export const SCREENS: Screen[] = [
  { name: "popup-signed-out", path: "popup.html", story: "empty", width: 380, height: 560 },
  {
    name: "popup-sign-up",
    path: "popup.html",
    story: "empty",
    width: 380,
    height: 560,
    act: async (page) => {
      await page.getByRole("tab", { name: "Sign up" }).click();
      await page.getByRole("button", { name: "Create account" }).click();
    },
  },
  { name: "popup", path: "popup.html", story: "full", width: 380, height: 560 },
  { name: "inventory-empty", path: "dashboard.html#/inventory", story: "empty", ...wide },
  { name: "jobs-empty", path: "dashboard.html#/jobs", story: "empty", ...wide },
  { name: "connections-empty", path: "dashboard.html#/connections", story: "empty", ...wide },
  { name: "sidepanel-empty", path: "sidepanel.html", story: "empty", width: 360, height: 720 },
  {
    name: "inventory",
    path: "dashboard.html#/inventory",
    story: "full",
    ...wide,
    narrow: true,
    act: async (page) => page.getByRole("checkbox", { name: /Select Canon/ }).check(),
  },
  {
    name: "inventory-grid",
    path: "dashboard.html#/inventory",
    story: "full",
    ...wide,
    act: async (page) => page.getByRole("button", { name: "Grid" }).click(),
  },
  { name: "import", path: "dashboard.html#/inventory?import", story: "full", ...wide },
  {
    name: "editor",
    path: "dashboard.html#/inventory",
    story: "full",
    ...wide,
    narrow: true,
    act: async (page) => openFirst(page, "Canon AE-1 35mm film camera with 50mm lens"),
  },
  {
    name: "editor-mercari",
    path: "dashboard.html#/inventory",
    story: "full",
    ...wide,
    act: async (page) => {
      await openFirst(page, "Canon AE-1 35mm film camera with 50mm lens");
      await page.getByRole("tab", { name: /Mercari/ }).click();
    },
  },
  {
    name: "crosspost",
    path: "dashboard.html#/inventory",
    story: "full",
    ...wide,
    act: async (page) => {
      for (const item of [/Select Canon/, /Select Solid oak/])
        await page.getByRole("checkbox", { name: item }).check();
      await page.getByRole("button", { name: "Crosspost" }).click();
    },
  },
  { name: "jobs", path: "dashboard.html#/jobs", story: "full", ...wide, narrow: true },
  {
    name: "job-details",
    path: "dashboard.html#/jobs",
    story: "full",
    ...wide,
    act: async (page) =>
      page.getByRole("article", { name: /Canon/ }).getByRole("button", { name: "Details" }).click(),
  },
  { name: "connections", path: "dashboard.html#/connections", story: "full", ...wide, narrow: true },
  { name: "consent", path: "dashboard.html#/connections/mercari/connect", story: "full", ...wide },
  { name: "settings", path: "dashboard.html#/settings", story: "full", ...wide },
  {
    name: "palette",
    path: "dashboard.html#/inventory",
    story: "full",
    ...wide,
    act: async (page) => page.keyboard.press("Control+k"),
  },
  {
    name: "keys",
    path: "dashboard.html#/inventory",
    story: "full",
    ...wide,
    act: async (page) => page.keyboard.press("?"),
  },
  {
    name: "sidepanel",
    path: "sidepanel.html",
    story: "full",
    width: 360,
    height: 760,
    act: async (page) => page.getByRole("button", { name: "Show fields: Craigslist" }).click(),
  },
];
