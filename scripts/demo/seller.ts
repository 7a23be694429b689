/** What a seller does, through the screens a seller sees: nothing here reaches behind them but to read the clock. */
import type { BrowserContext, Page } from "playwright-core";
import type { Site } from "./expected.ts";

export const SITE_NAMES: Record<Site, string> = {
  facebook: "Facebook Marketplace",
  mercari: "Mercari",
  craigslist: "Craigslist",
};

const LOGINS: Record<Site, { url: string; email: string; password: string; submit: string }> = {
  facebook: {
    url: "https://www.facebook.com/login",
    email: "#email",
    password: "#pass",
    submit: "[name=login]",
  },
  mercari: {
    url: "https://www.mercari.com/login/",
    email: "input[name=email]",
    password: "input[name=password]",
    submit: "button[type=submit]",
  },
  craigslist: {
    url: "https://accounts.craigslist.org/login",
    email: "#inputEmailHandle",
    password: "#inputPassword",
    submit: "button#login",
  },
};

export class Seller {
  readonly #context: BrowserContext;
  readonly #base: string;
  readonly #shoot: (page: Page, name: string) => Promise<void>;

  constructor(
    context: BrowserContext,
    extensionId: string,
    shoot: (page: Page, name: string) => Promise<void>,
  ) {
    this.#context = context;
    this.#base = `chrome-extension://${extensionId}`;
    this.#shoot = shoot;
  }

  async signUp(email: string, password: string): Promise<void> {
    const page = await this.#context.newPage();
    await page.setViewportSize({ width: 380, height: 560 });
    await page.goto(`${this.#base}/popup.html`);
    await page.getByRole("tab", { name: "Sign up" }).click();
    await page.getByLabel("Email").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await this.#shoot(page, "01-sign-up");
    await page.getByRole("button", { name: "Create account", exact: true }).click();
    await page.getByText(`Signed in as ${email}`).waitFor({ timeout: 30_000 });
    await this.#shoot(page, "02-popup");
    await page.close();
  }

  async dashboard(place: string): Promise<Page> {
    const page = await this.#context.newPage();
    await page.setViewportSize({ width: 1280, height: 860 });
    await page.goto(`${this.#base}/dashboard.html#/${place}`);
    return page;
  }

  async importItems(csv: string, photos: string[], count: number): Promise<void> {
    const page = await this.dashboard("inventory");
    await page.getByRole("button", { name: "Import", exact: true }).first().click();
    await page.getByLabel("Shopify CSV file").setInputFiles(csv);
    await page.getByLabel("Photo files").setInputFiles(photos);
    await page.getByRole("button", { name: `Import ${count} items` }).click();
    await page.getByText(`${count} items imported`).first().waitFor({ timeout: 180_000 });
    await page.getByRole("button", { name: "Done" }).click();
    await this.#shoot(page, "03-inventory");
    await page.close();
  }

  async logIn(site: Site, email: string, password: string): Promise<void> {
    const login = LOGINS[site];
    const page = await this.#context.newPage();
    await page.goto(login.url);
    await page.locator(login.email).fill(email);
    await page.locator(login.password).fill(password);
    await Promise.all([
      page.waitForURL((url) => !url.pathname.startsWith("/login") || url.pathname.includes("/home")),
      page.locator(login.submit).click(),
    ]);
    await page.close();
  }

  async connect(site: Site): Promise<void> {
    const name = SITE_NAMES[site];
    const page = await this.dashboard("connections");
    await page
      .getByRole("link", { name: `Connect ${name}` })
      .first()
      .click();
    await page.getByRole("heading", { name: `Connect ${name}` }).waitFor();
    await this.#shoot(page, `04-consent-${site}`);
    const allow = page.getByRole("button", { name: "Allow and connect" });
    const connected = page.getByText(`${name} is connected as`).first();
    const grown = page.getByText(`${name} keeps more here than the list showed`);
    await page.getByRole("checkbox", { name: "Also let the cloud post for me" }).check();
    await allow.click();
    await connected.or(grown).waitFor({ timeout: 60_000 });
    if (await grown.isVisible()) await allow.click();
    await connected.waitFor({ timeout: 60_000 });
    await page.getByRole("link", { name: "Back to connections" }).click();
    await page.getByRole("article", { name }).first().waitFor();
    await this.#shoot(page, "05-connections");
    await page.close();
  }

  async crosspost(
    titles: string[],
    options: { sites: Site[]; where: "tabs" | "cloud"; mode: "review" | "publish"; startAt?: string },
  ): Promise<void> {
    const page = await this.dashboard("inventory");
    for (const title of titles) await page.getByRole("checkbox", { name: `Select ${title}` }).click();
    await page
      .getByRole("region", { name: "Selected items" })
      .getByRole("button", { name: "Crosspost" })
      .click();
    const dialog = page.getByRole("dialog", { name: /^Crosspost/ });
    for (const [site, name] of Object.entries(SITE_NAMES)) {
      const box = dialog.getByRole("checkbox", { name: new RegExp(`^${name}`) }).first();
      await box.setChecked(options.sites.includes(site as Site));
    }
    await dialog
      .getByRole("radio", { name: options.where === "tabs" ? "Now, in my tabs" : "In the cloud" })
      .click();
    await dialog
      .getByRole("radio", {
        name: options.mode === "publish" ? "Publish straight away" : "Review before publishing",
      })
      .click();
    if (options.startAt) await dialog.getByLabel("Start at").fill(options.startAt);
    await this.#shoot(page, `06-crosspost-${options.where}-${options.mode}`);
    await dialog
      .getByRole("button", { name: options.where === "tabs" ? "Start posting" : "Schedule" })
      .click();
    await page.waitForURL(/#\/jobs/);
    await page.close();
  }

  /** Waits on the jobs screen until every named row has the state. */
  async waitForState(
    rows: { title: string; site: Site }[],
    state: string,
    shot: string,
    timeoutMs: number,
  ): Promise<void> {
    const page = await this.dashboard("jobs");
    for (const { title, site } of rows) {
      await page
        .locator(`[data-state="${state}"]`)
        .filter({ hasText: title })
        .filter({ hasText: SITE_NAMES[site] })
        .first()
        .or(
          page
            .getByRole("listitem", { name: `${title} on ${SITE_NAMES[site]}` })
            .and(page.locator(`[data-state="${state}"]`))
            .first(),
        )
        .first()
        .waitFor({ timeout: timeoutMs, state: "attached" });
    }
    await this.#shoot(page, shot);
    await page.close();
  }

  /** Reads one table of the extension's database, for times only. */
  async rows<T>(table: string): Promise<T[]> {
    const page = await this.dashboard("settings");
    const found = await page.evaluate(
      (name) =>
        new Promise<unknown[]>((resolve, reject) => {
          const open = indexedDB.open("hawker");
          open.onerror = () => reject(new Error("the extension's database does not open"));
          open.onsuccess = () => {
            const all = open.result.transaction(name).objectStore(name).getAll();
            all.onsuccess = () => (resolve(all.result as unknown[]), open.result.close());
            all.onerror = () => reject(new Error(`no table ${name}`));
          };
        }),
      table,
    );
    await page.close();
    return found as T[];
  }
}
