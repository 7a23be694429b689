/** Events by numbers, for histories that are drawn at random and shrink well. */
import {
  answersTo,
  MOVES,
  twinKeyOf,
  type Answer,
  type Posting,
  type PostingEvent,
} from "#core/posting/index.ts";

/** What a tape's numbers mean for one step: time goes on, and one posting of two hears an event. */
export type Step = { after: number; which: number; what: number; a: number; b: number };

export const MARKERS = [
  { title: "Brass lamp, 1960s", priceText: "$45" },
  { title: "Brass lamp", priceText: "$45" },
  { title: "Brass lamp", priceText: "$45", sku: "A-1" },
  { title: "Green chair", priceText: "$20" },
];
/** Of what is pressed, and of what was shown: mostly the same. */
const HASHES = ["h", "h", "h", "other"];
const ROWS = ["r1", "r2", "r3"];
const rowOf = (n: number) => ROWS[n % ROWS.length]!;
const candidateOf = (n: number) => ({
  externalId: rowOf(n),
  url: null,
  title: "A row",
  priceText: "$45",
  status: "active",
});

const answerOf = (posting: Posting, a: number, b: number): Answer => {
  const kinds: Answer[] = [
    { kind: "publish", hash: b % 3 === 0 ? null : HASHES[b % 4]! },
    { kind: "is-it", externalId: rowOf(b), url: null },
    { kind: "another-thing" },
    { kind: "not-there", again: b % 2 === 0 },
    { kind: "wait" },
    { kind: "go-on" },
    { kind: "use-cloud" },
  ];
  const taken = kinds.filter(({ kind }) => answersTo(posting).includes(kind));
  return (a < 9 && taken.length > 0 ? taken[a % taken.length] : kinds[a % kinds.length])!;
};

export const eventOf = (posting: Posting, { what, a, b }: Step): PostingEvent => {
  const fence = b === 11 ? (posting.fence ?? 1) - 1 : (posting.fence ?? 1);
  const marker = MARKERS[a % 3]!;
  const policy = { windowMs: [0, 60_000, 120_000][b % 3]!, absenceProves: a % 2 === 0 };
  const attempt = Math.max(1, posting.permits - (b % 2));
  const ending = [{ code: "interrupted" }, { code: "unreachable", message: "no" }][a % 2] as never;
  const kinds: PostingEvent[] = [
    { kind: "fill", fence, marker, twin: twinKeyOf(marker) },
    { kind: "looked", fence, baseline: ROWS.slice(0, a % 3) },
    { kind: "ready", fence },
    { kind: "permit", fence, marker, twin: twinKeyOf(marker), policy, hash: HASHES[a % 4]! },
    { kind: "permit", fence, marker, twin: twinKeyOf(marker), policy, hash: HASHES[a % 4]! },
    { kind: "requeue", fence, ending, inMs: 1_000 * a, usesAttempt: a % 2 === 0, crashed: b % 3 === 0 },
    { kind: "fail", fence, ending },
    { kind: "finish", fence },
    {
      kind: "ask",
      fence,
      question: (["alike", "there", "field", "stop"] as const)[a % 4]!,
      ending,
      candidates: b % 2 ? [candidateOf(a)] : [],
    },
    { kind: "unpressed", attempt, fence },
    { kind: "said-no", fence, attempt, message: "no" },
    { kind: "pressed", attempt },
    {
      kind: "pressed-by-person",
      marker,
      twin: twinKeyOf(marker),
      baseline: b % 2 ? ROWS.slice(0, 1) : null,
      policy,
    },
    { kind: "form-stands", marker, twin: twinKeyOf(marker), baseline: b % 2 ? ROWS.slice(0, 1) : null },
    {
      kind: "said-listed",
      externalId: a % 3 === 0 ? null : rowOf(a),
      url: b % 2 ? "https://x.test/1" : null,
    },
    {
      kind: "found",
      externalId: rowOf(a),
      url: null,
      status: ["active", "held", "sold"][a % 3]!,
      by: (["id", "likeness"] as const)[b % 2]!,
    },
    { kind: "late-row", candidates: [candidateOf(a)] },
    { kind: "absent", fence, unexplained: a % 4 === 0 ? [candidateOf(b)] : [], againInMs: 5_000 },
    { kind: "absent", fence, unexplained: [], againInMs: 5_000 },
    { kind: "unreadable", fence, why: "gap", againInMs: 9_000 },
    { kind: "answer", question: posting.questions - (b % 6 === 5 ? 1 : 0), answer: answerOf(posting, a, b) },
    { kind: "answer", question: posting.questions, answer: answerOf(posting, a, b) },
    { kind: "answer", question: posting.questions, answer: answerOf(posting, a, b) },
    { kind: "cancel" },
    { kind: "retry" },
    { kind: "take-over", driver: (["tab", "cloud"] as const)[a % 2]! },
    { kind: "hour" },
    { kind: "taken-away" },
    { kind: "works-again" },
    { kind: "lapse" },
    { kind: "restored" },
  ];
  // Mostly what can happen in this state, so that histories get somewhere; now and then what cannot.
  const fitting = kinds.filter(({ kind }) => MOVES[kind].some(({ from }) => from.includes(posting.state)));
  return what % 9 === 8 ? kinds[what % kinds.length]! : fitting[what % fitting.length]!;
};
