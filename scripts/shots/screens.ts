/** Every screen and state that is photographed: where it is, how it is reached, at which sizes. */
import type { Page } from "playwright-core";
import { damagePosts, holdItems, openPanelFor } from "./seed.ts";
import type { Story } from "./seed-posts.ts";

export type Screen = {
  name: string;
  path: string;
  story: Story;
  width: number;
  height: number;
  /** Further widths, in light. */
  also?: number[];
  /** Before the page is opened. What it returns is run after the pictures. */
  before?: (page: Page) => Promise<(() => Promise<void>) | void>;
  /** On the open page, before the pictures. */
  act?: (page: Page) => Promise<unknown>;
  /** False: the screen has none, for it says what went wrong. */
  heading?: boolean;
  /** The picture is of the page loading. */
  loading?: boolean;
};

const wide = { width: 1280, height: 800 };
const small = { width: 380, height: 560 };
const panel = { width: 360, height: 760, path: "sidepanel.html", story: "panel" as const };
const inventory = { ...wide, path: "dashboard.html#/inventory", story: "full" as const };
const button = (name: string | RegExp) => (page: Page) => page.getByRole("button", { name }).click();
const openItem = (title: RegExp, site?: RegExp) => async (page: Page) => {
  await page.getByRole("link", { name: title }).click();
  if (site) await page.getByRole("tab", { name: site }).click();
};
const crosspost =
  (...titles: RegExp[]) =>
  async (page: Page) => {
    for (const title of titles) await page.getByRole("checkbox", { name: title }).check();
    await button("Crosspost")(page);
  };

export const SCREENS: Screen[] = [
  { name: "popup-signed-out", path: "popup.html", story: "empty", ...small },
  {
    name: "popup-sign-up",
    path: "popup.html",
    story: "empty",
    ...small,
    act: async (page) => {
      await page.getByRole("tab", { name: "Sign up" }).click();
      await button("Create account")(page);
    },
  },
  { name: "inventory-empty", path: "dashboard.html#/inventory", story: "empty", ...wide },
  { name: "jobs-empty", path: "dashboard.html#/jobs", story: "empty", ...wide },
  { name: "connections-empty", path: "dashboard.html#/connections", story: "empty", ...wide },
  { name: "import", path: "dashboard.html#/inventory?import", story: "empty", ...wide },
  { name: "sidepanel-empty", path: "sidepanel.html", story: "empty", width: 360, height: 760 },

  { name: "popup-idle", path: "popup.html", story: "idle", ...small },

  { name: "popup", path: "popup.html", story: "full", ...small },
  {
    ...inventory,
    name: "inventory",
    also: [360, 768],
    act: async (page) => {
      for (const title of [/Select Levi/, /Select Hand-printed/])
        await page.getByRole("checkbox", { name: title }).check();
      await page.mouse.move(0, 0);
    },
  },
  { ...inventory, name: "inventory-grid", act: button("Grid") },
  { ...inventory, name: "inventory-loading", before: holdItems, loading: true },
  {
    ...inventory,
    name: "inventory-none",
    act: (page) => page.getByRole("searchbox", { name: "Search items" }).fill("typewriter"),
  },
  { ...inventory, name: "editor", also: [360], act: openItem(/^Canon AE-1/) },
  { ...inventory, name: "editor-preview", act: openItem(/^Canon AE-1/, /Mercari/) },
  { ...inventory, name: "editor-problems", act: openItem(/^Solid oak/, /Mercari/) },
  { ...inventory, name: "editor-differs", act: openItem(/^LEGO/, /Facebook/) },
  { ...inventory, name: "crosspost", also: [360], act: crosspost(/Select Canon/, /Select Solid oak/) },
  {
    ...inventory,
    name: "crosspost-cloud",
    act: async (page) => {
      await crosspost(/Select Sony/)(page);
      await page.getByRole("radio", { name: "In the cloud" }).check();
      await page.getByRole("radio", { name: "Publish straight away" }).check();
      await page.getByLabel("Start at").fill(`${new Date().getFullYear() + 1}-03-14T08:30`);
    },
  },
  { name: "jobs", path: "dashboard.html#/jobs", story: "full", ...wide, also: [360] },
  { name: "jobs-questions", path: "dashboard.html#/jobs", story: "questions", ...wide, also: [360] },
  { ...panel, name: "sidepanel-questions", story: "questions" },
  {
    name: "jobs-error",
    path: "dashboard.html#/jobs",
    story: "full",
    ...wide,
    before: damagePosts,
    heading: false,
  },
  {
    name: "job-details",
    path: "dashboard.html#/jobs",
    story: "full",
    ...wide,
    act: (page) =>
      page.getByRole("article", { name: /Canon/ }).getByRole("button", { name: "Details" }).click(),
  },
  {
    name: "connections",
    path: "dashboard.html#/connections",
    story: "full",
    ...wide,
    also: [360],
    act: (page) =>
      page
        .getByRole("article", { name: /Mercari/ })
        .getByText("What is stored")
        .click(),
  },
  { name: "consent", path: "dashboard.html#/connections/mercari/connect", story: "full", ...wide },
  { name: "settings", path: "dashboard.html#/settings", story: "full", ...wide },
  { ...inventory, name: "palette", act: (page) => page.keyboard.press("Control+k") },
  { ...inventory, name: "keys", act: (page) => page.keyboard.press("?") },

  {
    ...panel,
    name: "sidepanel-running",
    before: (page) => openPanelFor(page, "Canon"),
    act: button("Show fields: Craigslist"),
  },
  {
    ...panel,
    name: "sidepanel-review",
    before: (page) => openPanelFor(page, "Yamaha"),
    act: button("Show fields: Mercari"),
  },
  { ...panel, name: "sidepanel-handoff", before: (page) => openPanelFor(page, "Sony") },
  {
    ...panel,
    name: "sidepanel-failed",
    before: (page) => openPanelFor(page, "Brooks"),
    act: button("Show fields: Craigslist"),
  },
];
