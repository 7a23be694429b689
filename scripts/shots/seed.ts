/** Realistic rows for the screens: written straight into the extension's database from inside its own page. */
import type { Page } from "playwright-core";
import { CATEGORIES } from "#core/item/categories.ts";
import type { Posting } from "#core/posting/index.ts";
import { postsOf, scheduled, type SeedPost, type Story } from "./seed-posts.ts";

/** What the pages are filled with besides the imported items. Runs in the page; everything it needs comes in. */
export const seedStory = async (page: Page, story: Story): Promise<void> => {
  type Given = { wanted: SeedPost[]; waiting: Posting; categories: Record<string, readonly string[]> };
  await page.evaluate(async ({ wanted, waiting, categories }: Given) => {
    const open = () =>
      new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open("hawker");
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error("The database did not open."));
      });
    const db = await open();
    const put = (table: string, rows: object[], clear = true) =>
      new Promise<void>((resolve, reject) => {
        const tx = db.transaction(table, "readwrite");
        if (clear) tx.objectStore(table).clear();
        rows.forEach((row) => tx.objectStore(table).put(row));
        tx.oncomplete = () => resolve();
        tx.onerror = () => reject(tx.error ?? new Error(`${table} was not written.`));
      });
    const all = (table: string) =>
      new Promise<Record<string, never>[]>((resolve, reject) => {
        const request = db.transaction(table).objectStore(table).getAll();
        request.onsuccess = () => resolve(request.result as Record<string, never>[]);
        request.onerror = () => reject(request.error ?? new Error(`${table} was not read.`));
      });
    const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
    const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();
    const items = await all("items");
    const byTitle = (part: string) => items.find((i) => String(i["title"]).includes(part)) ?? items[0]!;
    const auth = {
      userId: id(1),
      email: "maria@example.test",
      workspaceId: id(2),
      workspaceName: "Maria's shop",
      role: "owner",
    };
    await put("settings", [{ key: "auth", value: auth }]);
    await put("outbox", []);
    await put("syncState", [{ id: "main", link: "live", lastSyncAt: ago(5), lastError: null, cursors: {} }]);
    const account = (n: number, platform: string, handle: string, more: object) => ({
      id: id(n), workspaceId: id(2), platform, handle, loginId: handle, displayName: handle, status: "connected", statusReason: null, replay: "unknown", cloudAllowed: true,
      sessionVersion: 1, sessionExpiresAt: new Date(Date.now() + 20 * 86_400_000).toISOString(), lastVerifiedAt: ago(1500), lastActionAt: ago(300), createdAt: ago(90_000), localOnly: false,
      sessionMeta: { formatVersion: 1, env: "local", keyId: "k-2026-11", suite: "X25519-HKDF-SHA256-AES256GCM", capturedAt: ago(90_000), allowlistHash: null, signedBy: "device", cookieNames: ["_mwus", "_mercari_session", "device_id", "csrf_token"], sizeClass: 16384 },
      ...more,
    }); // oxfmt-ignore
    await put("accounts", [
      account(11, "mercari", "maria_sells", {}),
      account(12, "facebook", "Maria Lopez", { status: "expired", replay: "no" }),
    ]);
    const newest = ["Canon", "Brooks", "LEGO", "Yamaha", "Levi", "tote", "ThinkPad", "oak", "silk", "Sony", "Creuset", "Dune"]; // oxfmt-ignore
    // Changed over the last days, as in a shop that is used; one item differs on one site.
    await put(
      "items",
      items.map((item) => {
        const i = newest.findIndex((part) => String(item["title"]).includes(part));
        const lego = String(item["title"]).includes("LEGO");
        const overrides = {
          facebook: {
            title: "LEGO 75192 Millennium Falcon",
            price: { amountMinor: 51_500, currency: "USD" },
          },
        };
        return { ...item, updatedAt: ago(1_500 * (i + 1) ** 1.9), ...(lego ? { overrides } : {}) };
      }),
      false,
    );
    const labels: [string, string, string][] = [["photos", "Photos", ""], ["title", "Title", ""], ["description", "Description", ""], ["category", "Category", ""], ["brand", "Brand", ""], ["condition", "Condition", "Good"], ["price", "Price", ""], ["zip", "ZIP code", "94110"]]; // oxfmt-ignore
    const valueOf = (item: Record<string, never>, stepId: string, fixed: string) =>
      fixed || (stepId === "price" ? (Number(item["price"]!["amountMinor"]) / 100).toFixed(2) : stepId === "category" ? (categories[item["category"]!] ?? []).join(" > ") : String(item[stepId] ?? "")); // oxfmt-ignore
    const planOf = (platform: string, item: Record<string, never>) => ({
      version: 1, marketplace: platform, url: "", hosts: [], submit: [],
      fill: labels.map(([stepId, label, fixed]) => ({
        id: stepId, label, need: "required", kind: "fill", field: "form", locators: [],
        value: stepId === "photos" ? { kind: "photos", photoIds: ["a", "b"] } : { kind: "text", text: valueOf(item, stepId, fixed) },
      })),
    }); // oxfmt-ignore
    const report = (index: number, over: object = {}) => ({
      id: labels[index]![0], label: labels[index]![1], field: labels[index]![0], need: "required", status: "done", verified: true, attempts: 1, ms: 180 + index * 35,
      ...over,
    }); // oxfmt-ignore
    const posts = wanted.map(({ item: part, platform, seconds, filled, marks, posting, note, progress }, n) => {
      const item = byTitle(part);
      const isOver = ["done", "failed", "cancelled"].includes(posting.state);
      const accountId = platform === "mercari" ? id(11) : platform === "facebook" ? id(12) : null;
      return {
        id: id(100 + n),
        itemId: item["id"],
        item,
        platform,
        accountId,
        login: null,
        keeper: "browser",
        target: null,
        asked: null,
        posting: { ...posting, id: id(100 + n), itemId: item["id"] },
        heardAt: null,
        note,
        paused: false,
        tabId: null,
        plan: planOf(platform, item),
        stepReports: labels.slice(0, filled).map((_, index) => report(index, marks[index])),
        byHand: [],
        isStanding: false,
        handBaseline: null,
        progress,
        fillMs: 2100,
        toldOf: posting.question ? `question ${posting.question.number}` : "done",
        createdAt: ago(seconds),
        updatedAt: ago(seconds - 9),
        startedAt: ago(seconds),
        settledAt: isOver ? ago(seconds - 11) : null,
      };
    });
    await put("posts", posts);
    const logged = posts.find(({ posting }) => posting.question?.kind === "ready");
    const log = ["Posting began", "Signed in as maria_sells", "Own listings read: it is not there yet", "Form opened", "8 of 8 fields set and read back", "Ready: waiting for you to publish"]; // oxfmt-ignore
    await put(
      "postEvents",
      logged
        ? log.map((message, i) => ({
            id: i + 1, postId: logged.id, ts: ago(40 - i * 4), platform: logged.platform, level: i === 5 ? "warn" : "info", message, data: null,
          })) // oxfmt-ignore
        : [],
    );
    const waits = { percent: 0, message: "Waiting for its time" };
    const job = {
      id: id(300), workspaceId: id(2), itemId: byTitle("LEGO")["id"], action: "list", driver: "cloud", mode: "publish", platforms: ["mercari", "facebook"], status: "queued",
      progress: waits, result: null, error: null, runAt: new Date(Date.now() + 7_500_000).toISOString(), createdAt: ago(600), updatedAt: ago(600),
    }; // oxfmt-ignore
    const target = (n: number, platform: string, accountId: string) => ({
      id: id(310 + n),
      jobId: id(300),
      accountId,
      platform,
      posting: { ...waiting, id: id(310 + n), itemId: byTitle("LEGO")["id"] },
      progress: waits,
      updatedAt: ago(600),
      settledAt: null,
    });
    await put("jobs", posts.length > 0 ? [job] : []);
    await put(
      "targets",
      posts.length > 0 ? [target(1, "mercari", id(11)), target(2, "facebook", id(12))] : [],
    );
    db.close();
  }, { wanted: postsOf(story), waiting: scheduled(), categories: CATEGORIES }); // oxfmt-ignore
};

/** Empties everything but the database itself, for the empty states. */
export const emptyAll = async (page: Page): Promise<void> => {
  await page.evaluate(async () => {
    const request = indexedDB.open("hawker");
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error("The database did not open."));
    });
    const names = [...db.objectStoreNames];
    const tx = db.transaction(names, "readwrite");
    names.forEach((name) => tx.objectStore(name).clear());
    await new Promise((resolve) => {
      tx.oncomplete = resolve;
    });
    db.close();
  });
};

/** Opens the side panel for the item with these words in its title, as its button in the page would. */
export const openPanelFor = async (page: Page, title: string): Promise<void> => {
  await page.evaluate(async (part) => {
    const request = indexedDB.open("hawker");
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error("The database did not open."));
    });
    const read = db.transaction("items").objectStore("items").getAll();
    await new Promise((resolve) => (read.onsuccess = resolve));
    const item = (read.result as { id: string; title: string }[]).find((i) => i.title.includes(part));
    const tx = db.transaction("settings", "readwrite");
    const value = { itemId: item?.id ?? null, from: null, at: new Date().toISOString() };
    tx.objectStore("settings").put({ key: "panel", value });
    await new Promise((resolve) => (tx.oncomplete = resolve));
    db.close();
  }, title);
};

/** Leaves a post that cannot be read, as a damaged database would, until the returned function is called. */
export const damagePosts = async (page: Page): Promise<() => Promise<void>> => {
  const write = (broken: boolean) =>
    page.evaluate(async (on) => {
      const request = indexedDB.open("hawker");
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error("The database did not open."));
      });
      const tx = db.transaction("posts", "readwrite");
      const row = {
        id: "damaged",
        itemId: "none",
        platform: "mercari",
        posting: { state: "done" },
        createdAt: "2026-01-01",
      };
      if (on) tx.objectStore("posts").put(row);
      else tx.objectStore("posts").delete(row.id);
      await new Promise((resolve) => (tx.oncomplete = resolve));
      db.close();
    }, broken);
  await write(true);
  return () => write(false);
};

/** Keeps the items from being read until the returned function is called: what a slow disk does, for as long as one looks. */
export const holdItems = async (page: Page): Promise<() => Promise<void>> => {
  const other = await page.context().newPage();
  await other.goto(page.url().split("#")[0] ?? page.url());
  await other.evaluate(async () => {
    const request = indexedDB.open("hawker");
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error("The database did not open."));
    });
    const store = db.transaction("items", "readwrite").objectStore("items");
    // A transaction stays open while it has requests; others wait for it.
    const again = () => {
      store.count().onsuccess = again;
    };
    again();
  });
  return () => other.close();
};
