/** A site that cuts the titles in its lists through the middle of an emoji, which Postgres does not keep. */
import { expect, it } from "vitest";
import { SAMPLES } from "#marketplaces/testing/sample-items.ts";
import { workingWorld } from "../testing/working-world.ts";

const at = workingWorld({ scale: 0.05 });

it.each(["mercari", "facebook"] as const)(
  "when %s cut the title of one that looks like it in the middle of an emoji: the person is asked about it",
  async (site) => {
    const account = await at.world.freshAccount(site);
    const title = `${SAMPLES.jeans.title} by hand`;
    await at.world.control.list(site, account.handle, [{ title: `${title} \ud83d`, price: "45.00" }]);
    const post = await at.post(site, { account, title });
    const target = await post.until(
      "asked, over or put off",
      ({ state, ending }) =>
        ["needs_human", "failed", "done"].includes(state) || (state === "queued" && ending !== null),
    );
    expect(target.question?.kind).toBe("alike");
  },
);
