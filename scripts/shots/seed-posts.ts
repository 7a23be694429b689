/** The posts of each story, as a seller would have them on an ordinary day. */
export type Story = "empty" | "idle" | "full" | "panel";
export type SeedPost = {
  item: string;
  platform: "mercari" | "facebook" | "craigslist";
  /** Began this many seconds ago. */
  seconds: number;
  state: string;
  phase: string;
  progress: { percent: number; message: string };
  /** How many of the fields are reported, and what is special about some. */
  filled: number;
  marks?: Record<number, object>;
  [more: string]: unknown;
};

const ready = { percent: 90, message: "Everything is filled in. Look it over, then publish." };
const changed = { status: "refused", verified: false, reason: "site-changed-it", detail: 'The site shows "photo+video".' }; // prettier-ignore

const live = (item: string, platform: SeedPost["platform"], seconds: number): SeedPost => ({
  item, platform, seconds, state: "done", phase: "settled", filled: 8, mode: "publish", progress: { percent: 100, message: "Live" },
  listingUrl: `https://www.example.test/${platform}/m10000000001/`, externalId: "m10000000001",
}); // prettier-ignore

const filling: SeedPost = {
  item: "Canon", platform: "craigslist", seconds: 14, state: "filling", phase: "fill", filled: 5, marks: { 3: changed, 4: { verified: false } },
  progress: { percent: 55, message: "Setting the condition" },
}; // prettier-ignore
const login: SeedPost = {
  item: "Canon", platform: "facebook", seconds: 14, state: "needs_human", phase: "fill", filled: 0, handoff: "login",
  stateReason: "Facebook Marketplace wants you to log in. Log in in its tab, then continue.", progress: { percent: 10, message: "Waiting for you" },
}; // prettier-ignore
const review: SeedPost = {
  item: "Canon", platform: "mercari", seconds: 14, state: "filling", phase: "ready", filled: 8, progress: ready,
}; // prettier-ignore
const tooLarge: SeedPost = {
  item: "Brooks", platform: "craigslist", seconds: 4000, state: "failed", phase: "settled", filled: 3, mode: "publish", progress: { percent: 40, message: "" },
  stateReason: "Craigslist did not take the photos: one was larger than it allows. Make it smaller, then retry.",
  marks: { 0: { status: "refused", verified: false, reason: "photos-rejected", detail: "Photo 2 is 9.4 MB; Craigslist takes 8 MB." } },
}; // prettier-ignore

const STORIES: Record<Story, SeedPost[]> = {
  empty: [],
  idle: [],
  full: [
    review,
    login,
    filling,
    live("Brooks", "mercari", 4000),
    tooLarge,
    live("Yamaha", "mercari", 90_000),
    live("Yamaha", "facebook", 90_000),
    live("Yamaha", "craigslist", 90_000),
    live("ThinkPad", "facebook", 180_000),
    live("ThinkPad", "mercari", 180_000),
    live("oak", "craigslist", 260_000),
  ],
  panel: [
    { ...filling, filled: 5 },
    { ...filling, platform: "facebook", filled: 3, marks: {}, progress: { percent: 35, message: "Setting the description" } },
    { ...filling, platform: "mercari", filled: 6, marks: {}, progress: { percent: 70, message: "Setting the price" } },
    { ...review, item: "Yamaha", seconds: 62 },
    { ...review, item: "Yamaha", platform: "facebook", seconds: 62 },
    {
      ...login, item: "Sony", platform: "mercari", seconds: 75, filled: 5, handoff: "captcha", progress: { percent: 60, message: "Waiting for you" },
      stateReason: "Mercari asks you to prove you are a person. Solve it in the tab, then continue.",
    },
    { ...live("Sony", "craigslist", 75), mode: "publish" },
    tooLarge,
    live("Brooks", "mercari", 4000),
  ],
}; // prettier-ignore

export const postsOf = (story: Story): SeedPost[] => STORIES[story];
