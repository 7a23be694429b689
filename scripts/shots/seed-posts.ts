/** The posts of each story, as a seller would have them on an ordinary day. */
import { newPosting, type Ending, type Posting, type QuestionKind } from "#core/posting/index.ts";
import type { ChannelId } from "#core/marketplace/marketplace.ts";
import type { StepReport } from "#core/plan/plan.ts";

export type Story = "empty" | "idle" | "full" | "panel" | "questions";
export type SeedPost = {
  item: string;
  platform: ChannelId;
  /** Began this many seconds ago. */
  seconds: number;
  posting: Posting;
  note: Ending | null;
  progress: { percent: number; message: string };
  /** How many of the fields are reported, and what is special about some. */
  filled: number;
  marks: Record<number, Partial<StepReport>>;
};

type About = Partial<Omit<SeedPost, "item" | "platform" | "seconds" | "posting">> & Partial<Posting>;

const post = (item: string, platform: ChannelId, seconds: number, about: About): SeedPost => {
  const { note = null, progress = { percent: 0, message: "" }, filled = 0, marks = {}, ...changes } = about;
  const at = Date.now() - seconds * 1_000;
  const mode = changes.mode ?? "review";
  const begun = newPosting({ id: item, itemId: item, driver: "tab", mode, at });
  return { item, platform, seconds, posting: { ...begun, ...changes }, note, progress, filled, marks };
};

const asks = (kind: QuestionKind, candidates: Posting["unexplained"] = []): Partial<Posting> => ({
  state: "needs_human",
  question: { number: 1, kind, askedAt: Date.now() - 30_000, candidates },
  questions: 1,
});

const row = (externalId: string, title: string, priceText: string, status = "active") => ({
  externalId,
  url: `https://www.mercari.com/us/item/${externalId}/`,
  title,
  priceText,
  status,
});

const live = (item: string, platform: ChannelId, seconds: number, status = "active"): SeedPost =>
  post(item, platform, seconds, {
    state: "done",
    mode: "publish",
    filled: 8,
    presses: 1,
    listing: {
      externalId: "m10000000001",
      url: `https://www.${platform}.com/m10000000001/`,
      by: "id",
      status,
    },
  });

const filling = (item: string, platform: ChannelId, about: About): SeedPost =>
  post(item, platform, 14, { state: "filling", ...about });

const ready = (item: string, platform: ChannelId, seconds: number): SeedPost =>
  post(item, platform, seconds, { ...asks("ready"), filled: 8 });

const stopped = (item: string, platform: ChannelId, stop: "login" | "captcha", filled = 0): SeedPost =>
  post(item, platform, 75, { ...asks("stop"), ending: { code: "stop", stop }, filled });

const tooLarge = post("Brooks", "craigslist", 4000, {
  state: "failed",
  mode: "publish",
  ending: {
    code: "field",
    label: "Photos",
    reason: "photos-rejected",
    detail: "photo 2 is 9.4 MB; Craigslist takes 8 MB",
  },
  filled: 3,
  marks: {
    0: {
      status: "refused",
      verified: false,
      reason: "photos-rejected",
      detail: "Photo 2 is 9.4 MB; Craigslist takes 8 MB.",
    },
  },
});

const SITE_CHANGED: Partial<StepReport> = {
  status: "refused",
  verified: false,
  reason: "site-changed-it",
  detail: 'The site shows "photo+video".',
};

const STORIES: Record<Story, SeedPost[]> = {
  empty: [],
  idle: [],
  full: [
    ready("Canon", "mercari", 14),
    stopped("Canon", "facebook", "login"),
    filling("Canon", "craigslist", {
      filled: 5,
      marks: { 3: SITE_CHANGED, 4: { verified: false } },
      progress: { percent: 55, message: "Filling the form, step 7 of 13" },
    }),
    live("Brooks", "mercari", 4000),
    tooLarge,
    live("Yamaha", "mercari", 90_000),
    live("Yamaha", "facebook", 90_000, "held"),
    live("Yamaha", "craigslist", 90_000),
    live("ThinkPad", "facebook", 180_000),
    live("ThinkPad", "mercari", 180_000),
    live("oak", "craigslist", 260_000),
  ],
  panel: [
    filling("Canon", "craigslist", {
      filled: 5,
      progress: { percent: 55, message: "Filling the form, step 7 of 13" },
    }),
    filling("Canon", "facebook", {
      filled: 3,
      progress: { percent: 35, message: "Setting the description" },
    }),
    filling("Canon", "mercari", { filled: 6, progress: { percent: 70, message: "Setting the price" } }),
    ready("Yamaha", "mercari", 62),
    ready("Yamaha", "facebook", 62),
    stopped("Sony", "mercari", "captcha", 5),
    live("Sony", "craigslist", 75),
    tooLarge,
    live("Brooks", "mercari", 4000),
  ],
  questions: [
    post("Canon", "mercari", 400, {
      ...asks("there", [
        row("m2", "Canon AE-1 film camera", "$180"),
        row("m3", "Canon AE-1", "$180", "held"),
      ]),
      mode: "publish",
      presses: 1,
      unsettledAt: Date.now() - 300_000,
      ending: { code: "several", count: 2 },
      filled: 8,
    }),
    post("Canon", "facebook", 400, {
      ...asks("there"),
      mode: "publish",
      presses: 1,
      unsettledAt: Date.now() - 300_000,
      ending: { code: "not-found" },
      filled: 8,
    }),
    post("Canon", "craigslist", 400, {
      state: "unknown",
      mode: "publish",
      presses: 1,
      unsettledAt: Date.now() - 20_000,
      ending: { code: "no-answer" },
      filled: 8,
      progress: { percent: 94, message: "Checking that it is listed" },
    }),
    post("Yamaha", "facebook", 500, {
      ...asks("alike", [row("m4", "Yamaha acoustic guitar", "$220")]),
      ending: { code: "several", count: 1 },
    }),
    filling("Yamaha", "mercari", { note: { code: "service-away", filled: true }, filled: 8 }),
    post("Brooks", "mercari", 600, { ...asks("field"), ending: { code: "paused" }, filled: 3 }),
  ],
};

export const postsOf = (story: Story): SeedPost[] => STORIES[story];

/** A posting that waits in the cloud for its hour. */
export const scheduled = (): Posting =>
  newPosting({ id: "later", itemId: null, driver: "cloud", mode: "publish", at: Date.now() + 7_500_000 });
