/** A new version of Hawker over the data of the one before: nothing a seller has is lost, nothing is pressed twice. */
import { lamp, plainItem } from "#core/item/testing/plain-item.ts";
import { oldPost } from "#extension/store/testing/old-post.ts";
import type { OldPost } from "#extension/store/upgrade-posts.ts";
import { EXTENSION_ID, expect, test } from "./fixtures.ts";
import { itemNamed, stoppedPost } from "./parts/asking-post.ts";
import { localRows, posts } from "./parts/local-rows.ts";
import { putVersion } from "./parts/older-version.ts";

const AT = "2026-01-01T00:00:00.000Z";
const vase = plainItem("7f9d3c52-0c4d-4f7e-8a36-1d1f0a6c0002", "Blue vase");

const post = (id: string, about: typeof lamp, changes: Partial<OldPost>) => ({
  opKey: id,
  ...oldPost(id, about, { paused: true, ...changes }),
});

test("items, typed text, and posts under way of the version before are there and asked about", async ({
  context,
}) => {
  const bare = await context.newPage();
  await bare.goto(`chrome-extension://${EXTENSION_ID}/icon/16.png`);
  await putVersion(bare, 2, {
    items: [lamp, vase],
    drafts: [{ itemId: lamp.id, key: "/price/", raw: "2 for 5", at: AT, over: AT }],
    outbox: [
      {
        op: "putItem",
        table: "items",
        id: lamp.id,
        itemId: lamp.id,
        fields: ["title"],
        at: AT,
        attempts: 0,
        lastError: null,
      },
    ],
    posts: [
      post("p-pressed", lamp, { state: "needs_human", phase: "readback", handoff: "check-listing" }),
      post("p-live", vase, {
        state: "done",
        phase: "settled",
        externalId: "m123",
        listingUrl: "https://www.mercari.com/us/item/m123/",
      }),
      post("p-captcha", vase, {
        state: "needs_human",
        phase: "fill",
        handoff: "captcha",
        platform: "facebook",
      }),
    ],
    submitFences: [
      {
        id: "f1",
        postId: "p-pressed",
        opKey: "p-pressed",
        fence: 1,
        state: "unknown",
        createdAt: AT,
        resolvedAt: null,
      },
    ],
    syncState: [
      {
        id: "main",
        link: "signed-out",
        lastSyncAt: null,
        lastError: null,
        cursors: { items: AT, job_targets: AT },
      },
    ],
  });
  await bare.close();

  const page = await context.newPage();
  await page.goto(`chrome-extension://${EXTENSION_ID}/dashboard.html#/inventory`);
  await expect(page.getByText("Brass lamp").first()).toBeVisible();
  await expect(page.getByText("Blue vase").first()).toBeVisible();

  await page.goto(`chrome-extension://${EXTENSION_ID}/dashboard.html#/jobs`);
  await expect(page.getByText(/shows a captcha/).first()).toBeVisible();
  await expect(page.getByRole("link", { name: "View listing" }).first()).toHaveAttribute("href", /m123/);

  const pressed = (await posts(page)).find(({ id }) => id === "p-pressed");
  expect(pressed?.posting).toMatchObject({ presses: 1, consent: null });
  expect(["unknown", "needs_human"]).toContain(pressed?.posting.state);
  expect(await localRows(page, "drafts")).toHaveLength(1);
  expect(await localRows(page, "outbox")).toHaveLength(1);
  expect(await localRows(page, "syncState")).toMatchObject([{ cursors: { items: AT } }]);
});

test("posts of the version before are on the lists that read them by what became of them, as they were", async ({
  context,
}) => {
  const chair = itemNamed("Oak chair", 1);
  const waits = stoppedPost(1, chair);
  const bare = await context.newPage();
  await bare.goto(`chrome-extension://${EXTENSION_ID}/icon/16.png`);
  await putVersion(bare, 3, { items: [chair], posts: [waits] });
  await bare.close();

  const page = await context.newPage();
  await page.goto(`chrome-extension://${EXTENSION_ID}/dashboard.html#/jobs`);
  await expect(page.getByRole("button", { name: /^Needs you/ })).toContainText("1");
  await expect(page.getByText(/shows a captcha/).first()).toBeVisible();
  expect((await posts(page))[0]).toMatchObject({ id: waits.id, item: chair, posting: { questions: 1 } });
});
