/** Golden plans: what each marketplace makes of each sample item, captured as JSON beside it and never typed by hand. */
import path from "node:path";
import type { ChannelId } from "#core/marketplace/marketplace.ts";
import { errorsAmong } from "#core/marketplace/checks.ts";
import type { Plan } from "#core/plan/plan.ts";
import { CHANNEL_IDS, MARKETPLACES } from "#marketplaces/index.ts";
import { SAMPLE_NAMES, SAMPLES, type SampleName } from "./sample-items.ts";

const root = path.resolve(import.meta.dirname, "..");

export type Golden = { channel: ChannelId; sample: SampleName; file: string; plan: Plan };

/** One per sample and marketplace, where the marketplace takes the item at all. */
export const goldensNow = (): Golden[] =>
  CHANNEL_IDS.flatMap((channel) =>
    SAMPLE_NAMES.filter(
      (sample) => errorsAmong(MARKETPLACES[channel].problemsOf(SAMPLES[sample])).length === 0,
    ).map((sample) => {
      const item = SAMPLES[sample];
      const plan = MARKETPLACES[channel].planFor(item, { photoIds: item.photos.map(({ id }) => id) });
      return { channel, sample, file: path.join(root, channel, "fixtures", `${sample}.plan.json`), plan };
    }),
  );

export const goldenText = (plan: Plan): string => `${JSON.stringify(plan, null, 2)}\n`;
