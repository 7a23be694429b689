/** The plan for one target, and filling it in the worker's page. */
import { createHash } from "node:crypto";
import { drivePhase, type PhaseEnd, type RefusedWhy } from "#core/host/index.ts";
import type { Item } from "#core/item/index.ts";
import type { Plan, StepReport } from "#core/plan/index.ts";
import type { PageHost } from "../browser/page-host.ts";
import { StoppedError } from "../listings/read-own-listings.ts";
import { photoSource, type PhotoSource } from "../photos/photo-source.ts";
import type { WorkerContext } from "../worker-context.ts";
import type { Attempt } from "./attempt.ts";
import { FillRefusedError, ItemProblemError } from "./endings.ts";
import { streamProgress } from "./progress.ts";

export type Form = {
  item: Item;
  plan: Plan;
  payloadHash: string;
  /** On their way while the browser opens. */
  photos: PhotoSource;
};

/** The longest form with photos over a slow connection. */
const FILL_MS = 180_000;

/** @throws ItemProblemError when the item cannot be listed there as it is; null when the job has none. */
export const prepareForm = (context: WorkerContext, attempt: Attempt): Form | null => {
  const { item, marketplace, target } = attempt;
  if (!item) return null;
  const [problem] = marketplace.problemsOf(item).filter(({ severity }) => severity === "error");
  if (problem) throw new ItemProblemError(problem.message);
  const used = item.photos.slice(0, marketplace.photos.max);
  const plan = marketplace.planFor(item, { photoIds: used.map(({ id }) => id) });
  const shas = item.photos.map(({ sha256 }) => sha256);
  const payloadHash = createHash("sha256")
    .update(JSON.stringify([plan, shas]))
    .digest("hex");
  const photos = photoSource(context.photos, {
    workspaceId: target.workspace_id,
    itemId: item.id,
    title: item.title,
    photos: used,
    rule: marketplace.photos,
    signal: attempt.signal,
  });
  return { item, plan, payloadHash, photos };
};

/** @throws StoppedError, FillRefusedError, PhotoError */
export const fillForm = async (
  context: WorkerContext,
  attempt: Attempt,
  form: Form,
  host: PageHost,
): Promise<StepReport[]> => {
  const { writer, report, signal } = attempt;
  const progress = streamProgress(writer);
  const began = context.now();
  await host.open(form.plan.url);
  const end = await drivePhase(
    { ...host, photo: (id) => form.photos.read(id) },
    {
      plan: form.plan,
      phase: "fill",
      deadlineMs: FILL_MS,
      signal,
      onStep: (step, { index, total }) => progress.onStep(step, index, total),
    },
  );
  report["steps"] = end.steps;
  report["fillMs"] = context.now() - began;
  await progress.flushed();
  refuseUnfilled(end);
  return end.steps;
};

/** @throws for every ending but `complete` and the ones after a permit. */
export const refuseUnfilled = (end: PhaseEnd<unknown>): void => {
  if (end.kind === "stopped") throw new StoppedError(end.stop);
  if (end.kind !== "refused") return;
  if (end.why.code === "steps") throw new FillRefusedError(end.why.stuck);
  throw new Error(GIVEN_UP[end.why.code]);
};

const GIVEN_UP: Record<Exclude<RefusedWhy["code"], "steps">, string> = {
  "keeps-reloading": "The page keeps reloading by itself.",
  "too-many-pages": "The form went through too many pages.",
  deadline: "The form took too long.",
};
