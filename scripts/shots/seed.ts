/** Realistic rows for the screens: written straight into the extension's database from inside its own page. */
import type { Page } from "playwright-core";

/** What the pages are filled with besides the imported items. Runs in the page; everything it needs comes in. */
export const seedStory = async (page: Page, signedIn: boolean): Promise<void> => {
  await page.evaluate(async (withAccount) => {
    const open = () =>
      new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open("hawker");
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error("The database did not open."));
      });
    const db = await open();
    const put = (table: string, rows: object[]) =>
      new Promise<void>((resolve, reject) => {
        const tx = db.transaction(table, "readwrite");
        tx.objectStore(table).clear();
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
    const byTitle = (part: string) => items.find((i) => String(i["title"]).includes(part)) ?? items[0];
    const auth = {
      userId: id(1),
      email: "maria@example.test",
      workspaceId: id(2),
      workspaceName: "Maria's shop",
      role: "owner",
    };
    await put("settings", withAccount ? [{ key: "auth", value: auth }] : []);
    await put("syncState", [{ id: "main", link: "live", lastSyncAt: ago(5), lastError: null, cursors: {} }]);
    const account = (n: number, platform: string, handle: string, more: object) => ({
      id: id(n), workspaceId: id(2), platform, handle, displayName: handle, status: "connected", statusReason: null, replay: "unknown", cloudAllowed: true,
      sessionVersion: 1, sessionExpiresAt: new Date(Date.now() + 20 * 86_400_000).toISOString(), lastVerifiedAt: ago(1500), lastActionAt: ago(300), createdAt: ago(90_000), localOnly: false,
      sessionMeta: { formatVersion: 1, env: "local", keyId: "k-2026-11", suite: "X25519-HKDF-SHA256-AES256GCM", capturedAt: ago(90_000), allowlistHash: null, signedBy: null, cookieNames: ["session", "csrf_token", "device_id"], sizeClass: 16384 },
      ...more,
    }); // prettier-ignore
    await put("accounts", [
      account(11, "mercari", "maria", {}),
      account(12, "facebook", "maria", { status: "expired", replay: "no" }),
    ]);
    const labels: [string, string, string][] = [["photos", "Photos", ""], ["title", "Title", ""], ["description", "Description", ""], ["category", "Category", "Electronics"], ["brand", "Brand", "Canon"], ["condition", "Condition", "Good"], ["price", "Price", "165.00"], ["zip", "ZIP code", "94110"]]; // prettier-ignore
    const planOf = (platform: string, item: Record<string, never>) => ({
      version: 1, marketplace: platform, url: "", hosts: [], submit: [],
      fill: labels.map(([stepId, label, value]) => ({
        id: stepId, label, need: "required", kind: "fill", field: "form", locators: [],
        value: stepId === "photos" ? { kind: "photos", photoIds: ["a", "b"] } : { kind: "text", text: value || String(item[stepId] ?? "") },
      })),
    }); // prettier-ignore
    const report = (index: number, over: object = {}) => ({
      id: labels[index]![0],
      label: labels[index]![1],
      field: labels[index]![0],
      need: "required",
      status: "done",
      verified: true,
      attempts: 1,
      ms: 180 + index * 35,
      ...over,
    });
    const post = (n: number, part: string, platform: string, seconds: number, more: object) => {
      const item = byTitle(part)!;
      return {
        id: id(100 + n), opKey: `op-${n}`, itemId: item["id"], item, platform, accountId: platform === "mercari" ? id(11) : platform === "facebook" ? id(12) : null, mode: "review", target: null,
        paused: false, publishAsked: false, tabId: null, windowId: null, fence: n, attempt: 1, plan: planOf(platform, item), nextIndex: 0, stepReports: labels.map((_, i) => report(i)),
        stateReason: null, handoff: null, verify: null, listingUrl: null, externalId: null, fillMs: 2100, createdAt: ago(seconds), updatedAt: ago(seconds - 20), startedAt: ago(seconds), settledAt: null, ...more,
      }; // prettier-ignore
    };
    await put("posts", [
      post(1, "Canon", "mercari", 40, {
        state: "filling",
        phase: "ready",
        progress: { percent: 90, message: "Everything is filled in. Look it over, then publish." },
      }),
      post(2, "Canon", "facebook", 40, {
        state: "needs_human",
        phase: "fill",
        handoff: "login",
        stateReason: "Facebook Marketplace wants you to log in. Log in in its tab, then continue.",
        stepReports: [],
        progress: { percent: 10, message: "Waiting for you" },
      }),
      post(3, "Canon", "craigslist", 40, {
        state: "filling",
        phase: "fill",
        progress: { percent: 55, message: "Setting the condition" },
        stepReports: [
          report(0),
          report(1),
          report(2),
          report(3, {
            status: "refused",
            verified: false,
            reason: "site-changed-it",
            detail: 'The site shows "photo+video".',
          }),
          report(4, { verified: false }),
        ],
      }),
      post(4, "Brooks", "mercari", 4000, {
        mode: "publish",
        state: "done",
        phase: "settled",
        progress: { percent: 100, message: "Live" },
        listingUrl: "https://www.mercari.com/us/item/m10000000001/",
        externalId: "m10000000001",
        settledAt: ago(3980),
      }),
      post(5, "Brooks", "craigslist", 4000, {
        mode: "publish",
        state: "failed",
        phase: "settled",
        progress: { percent: 40, message: "" },
        stateReason:
          "Craigslist did not take the photos: one was larger than it allows. Make it smaller, then retry.",
        settledAt: ago(3970),
      }),
    ]);
    await put(
      "postEvents",
      [
        "Posting began",
        "Signed in as maria",
        "Own listings read: it is not there yet",
        "Form opened",
        "8 of 8 fields set and read back",
        "Ready: waiting for you to publish",
      ].map((message, i) => ({
        id: i + 1,
        postId: id(101),
        ts: ago(40 - i * 4),
        platform: "mercari",
        level: i === 5 ? "warn" : "info",
        message,
        data: null,
      })),
    );
    const lego = byTitle("LEGO")!;
    await put("jobs", [
      {
        id: id(300),
        workspaceId: id(2),
        itemId: lego["id"],
        action: "list",
        driver: "cloud",
        mode: "publish",
        platforms: ["mercari", "facebook"],
        status: "queued",
        progress: { percent: 0, message: "Waiting for its time" },
        result: null,
        error: null,
        runAt: new Date(Date.now() + 7_500_000).toISOString(),
        createdAt: ago(600),
        updatedAt: ago(600),
      },
    ]);
    const target = (n: number, platform: string, accountId: string) => ({
      id: id(310 + n),
      jobId: id(300),
      accountId,
      platform,
      driver: "cloud",
      state: "queued",
      stateReason: null,
      attempt: 0,
      progress: { percent: 0, message: "Waiting for its time" },
      report: null,
      listingUrl: null,
      settledAt: null,
    });
    await put("targets", [target(1, "mercari", id(11)), target(2, "facebook", id(12))]);
    db.close();
  }, signedIn);
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
