/** Logged out, a login that the service knows is still one where other browsers and the cloud post: nothing is published past it. */
import { expect, readyTest as test } from "./fixtures.ts";
import { madeAt, NOTHING, ONE } from "./parts/at-the-sites.ts";
import { lineOf, SOON } from "./parts/lines.ts";
import { tellWhatHappened } from "./parts/local-rows.ts";
import { PASSWORD, titleOf } from "./parts/ready-seller.ts";
import { logIn } from "./parts/sign-in.ts";

test("a post started while logged out is filled and not published; logged in again, it goes on by itself, once", async ({
  context,
  seller,
  practice,
  ready,
}) => {
  const settings = await seller.dashboard("settings");
  await settings.getByRole("button", { name: "Log out" }).click();
  await expect(settings.getByText("You are not logged in.").first()).toBeVisible();
  await seller.crosspost([titleOf(1)], { sites: ["mercari"], where: "tabs", mode: "publish" });
  const jobs = await seller.dashboard("jobs");
  const line = lineOf(jobs, titleOf(1), "mercari");
  await expect(line)
    .toContainText("You are logged out of Hawker. The form is filled", SOON)
    .catch(tellWhatHappened(jobs));
  expect(await madeAt(practice, "mercari")).toEqual(NOTHING);
  await logIn(context, ready.email, PASSWORD);
  await expect(line).toContainText("Live", SOON).catch(tellWhatHappened(jobs));
  expect(await madeAt(practice, "mercari")).toEqual(ONE);
});
