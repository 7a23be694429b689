/** The API answers and has no database behind it: the worst kind of "up". */
import { expect, readyTest as test } from "./fixtures.ts";
import { madeAtEach, ONE } from "./parts/at-the-sites.ts";
import { lineOf, SOON } from "./parts/lines.ts";
import { localRows, posts, tellWhatHappened } from "./parts/local-rows.ts";
import { SITES, titleOf } from "./parts/ready-seller.ts";

const MADE = "Made while it was unwell";

test("with the database down nothing is pressed or lost and the screen says so; when it is back it goes on by itself", async ({
  all,
  seller,
  practice,
  sql,
}) => {
  const jobs = await seller.dashboard("jobs");
  await seller.crosspost([titleOf(1)], { sites: SITES, where: "tabs", mode: "publish" });
  await expect
    .poll(async () => (await posts(jobs)).filter(({ posting }) => posting.state === "filling").length, {
      intervals: [50],
      ...SOON,
    })
    .toBeGreaterThan(0);
  await all.stopStack();
  const editor = await seller.dashboard("inventory");
  try {
    for (const site of SITES)
      await expect(lineOf(jobs, titleOf(1), site))
        .toContainText("Hawker's service cannot be reached.", SOON)
        .catch(tellWhatHappened(jobs));
    expect((await madeAtEach(practice, SITES)).map(({ presses }) => presses)).toEqual([0, 0, 0]);

    await editor.getByRole("button", { name: "New item" }).first().click();
    await editor.getByRole("textbox", { name: "Title", exact: true }).fill(MADE);
    await editor.getByRole("textbox", { name: "Description" }).focus();
    await expect.poll(() => localRows(editor, "outbox")).not.toEqual([]);
  } finally {
    await all.startStack();
  }
  for (const site of SITES)
    await expect(lineOf(jobs, titleOf(1), site))
      .toContainText("Live", { timeout: 120_000 })
      .catch(tellWhatHappened(jobs));
  expect(await madeAtEach(practice, SITES)).toEqual([ONE, ONE, ONE]);
  await expect.poll(() => localRows(editor, "outbox"), SOON).toEqual([]);
  expect(await sql("select id from public.items where title = $1", [MADE])).toHaveLength(1);
});
