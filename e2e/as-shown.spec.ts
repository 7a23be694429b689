/** A press is for what was shown: what changes under the hand is not published, and nothing takes a button's place. */
import type { BrowserContext, Page } from "@playwright/test";
import { EXTENSION_ID, expect, test } from "./fixtures.ts";
import { idOf, itemNamed, planSaying, readyPost, stoppedPost, tell } from "./parts/asking-post.ts";
import { lineOf } from "./parts/lines.ts";
import { posts, putRows, states } from "./parts/local-rows.ts";

const lamp = itemNamed("Brass lamp", 1);
const vase = itemNamed("Blue vase", 2);

const open = async (context: BrowserContext, place: string): Promise<Page> => {
  const page = await context.newPage();
  await page.goto(`chrome-extension://${EXTENSION_ID}/${place}`);
  return page;
};
/** Its database is there, and it shows no post. */
const openApart = async (context: BrowserContext): Promise<Page> => {
  const page = await open(context, "dashboard.html#/settings");
  await page.getByRole("radio", { name: "Publish straight away" }).waitFor();
  return page;
};

test("a form that was filled with something else since is not published by the button that was drawn before", async ({
  context,
}) => {
  const apart = await openApart(context);
  await putRows(apart, "items", [lamp]);
  await putRows(apart, "posts", [readyPost(1, lamp)]);
  const panel = await open(context, "sidepanel.html");
  const publish = panel.getByRole("button", { name: "Publish on Mercari" });
  await publish.waitFor();
  await putRows(apart, "posts", [readyPost(1, lamp, { plan: planSaying("Another lamp") })]);
  await publish.click();
  await expect(panel.getByText("It was changed since you saw it. Look it over again.")).toBeVisible();
  expect((await posts(apart))[0]?.posting).toMatchObject({ state: "needs_human", consent: null });
});

test("Continue on a stop page that was shown says nothing to what is asked by now", async ({ context }) => {
  const apart = await openApart(context);
  const asked = stoppedPost(1, lamp);
  await putRows(apart, "posts", [
    {
      ...asked,
      posting: { ...asked.posting, questions: 2, question: { ...asked.posting.question, number: 2 } },
    },
  ]);
  for (const question of [1, null])
    expect(await tell(apart, "post.resume", { postId: idOf(1), question })).toMatchObject({
      ok: false,
      message: expect.stringMatching(/answered already, or asks something else/),
    });
  expect(await states(apart)).toEqual(["needs_human"]);
});

test("the panel stays with the forms that wait to be published, whatever is posted and done meanwhile", async ({
  context,
}) => {
  const apart = await openApart(context);
  await putRows(apart, "items", [lamp, vase]);
  await putRows(apart, "posts", [readyPost(1, lamp), readyPost(2, lamp, { platform: "facebook" })]);
  const panel = await open(context, "sidepanel.html");
  const publishAll = panel.getByRole("button", { name: "Publish 2 ready posts" });
  await publishAll.waitFor();
  await putRows(apart, "posts", [
    readyPost(3, vase),
    readyPost(4, vase, { platform: "facebook" }),
    stoppedPost(5, vase, { platform: "craigslist" }),
  ]);
  await tell(apart, "post.cancel", { postId: idOf(5) });
  await expect(panel.getByRole("navigation", { name: "Other items" })).toContainText("Blue vase");
  await expect(panel.getByRole("heading", { level: 1 })).toHaveText("Brass lamp");

  await panel.getByRole("button", { name: "Blue vase" }).click();
  await expect(panel.getByRole("heading", { level: 1 })).toHaveText("Blue vase");
});

test("a form that becomes ready joins no button that a hand is on", async ({ context }) => {
  const apart = await openApart(context);
  await putRows(apart, "items", [lamp]);
  await putRows(apart, "posts", [
    readyPost(1, lamp),
    readyPost(2, lamp, { platform: "facebook", paused: true }),
  ]);
  const panel = await open(context, "sidepanel.html");
  const one = panel.getByRole("button", { name: "Publish 1 ready post" });
  await one.hover();
  await tell(apart, "post.resume", { postId: idOf(2), question: 1 });
  await expect(panel.getByRole("button", { name: "Publish on Facebook" })).toBeVisible();
  await expect(one).toBeVisible();
  await panel.getByRole("heading", { level: 1 }).hover();
  await expect(panel.getByRole("button", { name: "Publish 2 ready posts" })).toBeVisible();
});

test("what was dealt with keeps its place among what waits, so that a second press meets no other post", async ({
  context,
}) => {
  const apart = await openApart(context);
  await putRows(apart, "items", [lamp, vase]);
  await putRows(apart, "posts", [stoppedPost(1, vase), stoppedPost(2, lamp)]);
  const jobs = await open(context, "dashboard.html#/jobs");
  const needsYou = jobs.getByRole("button", { name: /^Needs you/ });
  await needsYou.click();
  await lineOf(jobs, "Brass lamp", "mercari").getByRole("button", { name: "Cancel" }).click();
  await expect(lineOf(jobs, "Brass lamp", "mercari")).toContainText("Cancelled");
  await expect(needsYou).toContainText("1");
  await jobs.getByRole("button", { name: /^All/ }).click();
  await needsYou.click();
  await expect(lineOf(jobs, "Blue vase", "mercari")).toBeVisible();
  await expect(lineOf(jobs, "Brass lamp", "mercari")).toBeHidden();
});

test("a crosspost that was opened to review first stays so when another window prefers to publish", async ({
  context,
}) => {
  const settings = await openApart(context);
  await putRows(settings, "items", [lamp]);
  const dialog = await open(context, `dashboard.html#/inventory?crosspost=${lamp.id}`);
  const review = dialog.getByRole("radio", { name: "Review before publishing" });
  await expect(review).toBeChecked();
  await settings.getByRole("radio", { name: "Publish straight away" }).check();
  const later = await open(context, `dashboard.html#/inventory?crosspost=${lamp.id}`);
  await expect(later.getByRole("radio", { name: "Publish straight away" })).toBeChecked();
  await expect(review).toBeChecked();
});
