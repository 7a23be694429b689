/** The lid closes between the service's yes and the press: what was allowed then is not pressed when it opens again. */
import { PERMIT_MS } from "#core/posting/index.ts";
import { expect, readyTest as test } from "./fixtures.ts";
import { madeAtEach, NOTHING, ONE } from "./parts/at-the-sites.ts";
import { asleep } from "./parts/asleep.ts";
import { holdPermits } from "./parts/hold-permits.ts";
import { lineOf, SOON } from "./parts/lines.ts";
import { tellWhatHappened } from "./parts/local-rows.ts";
import { SITES, titleOf } from "./parts/ready-seller.ts";

test("asleep between permit and press: nothing is pressed late, it is asked for anew, and each site has it once", async ({
  all,
  profile,
  seller,
  practice,
  sql,
}) => {
  const jobs = await seller.dashboard("jobs");
  const held = await holdPermits(all.adminDatabaseUrl);
  try {
    await seller.crosspost([titleOf(1)], { sites: SITES, where: "tabs", mode: "publish" });
    await held.asked(SITES.length);
    await asleep(profile, PERMIT_MS + 1_000, () => held.answer());
    expect(await madeAtEach(practice, SITES)).toEqual([NOTHING, NOTHING, NOTHING]);
    for (const site of SITES)
      await expect(lineOf(jobs, titleOf(1), site))
        .toContainText("Live", SOON)
        .catch(tellWhatHappened(jobs));
    expect(await madeAtEach(practice, SITES)).toEqual([ONE, ONE, ONE]);
    // The first permit of each was given back unused.
    const permits = await sql<{ kind: string; n: number }>(
      `select kind, count(*)::int as n from public.posting_events
        where kind in ('permit', 'unpressed') and (answer ->> 'ok')::boolean group by kind order by kind`,
    );
    expect(permits).toEqual([
      { kind: "permit", n: 6 },
      { kind: "unpressed", n: 3 },
    ]);
  } finally {
    await held.stop();
  }
});
