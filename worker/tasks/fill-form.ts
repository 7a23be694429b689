/** The plan for one target, and filling it in the worker's page. */
import { createHash } from "node:crypto";
import type { Page } from "playwright-core";
import type { Item } from "#core/item/index.ts";
import { unverifiedRequired, type Plan } from "#core/plan/index.ts";
import { runPhase, type Host, type PhaseEnd } from "../browser/host.ts";
import { askEngine } from "../browser/engine-frame.ts";
import { openPage, StoppedError } from "../listings/read-own-listings.ts";
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
const SUBMIT_MS = 60_000;

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
  page: Page,
): Promise<Host> => {
  const { writer, marketplace, report } = attempt;
  const progress = streamProgress(writer);
  const host: Host = {
    page,
    plan: form.plan,
    bundle: context.bundle,
    deadlineMs: FILL_MS,
    readPhoto: (id) => form.photos.read(id),
    onStep: progress.onStep,
    permit: () => Promise.resolve(false), // filling never submits
  };
  const began = context.now();
  await openPage(page, form.plan.url);
  const stop = await askEngine(
    page,
    context.bundle,
    form.plan.frameHost,
    "stopSign",
    marketplace.identity.id,
  );
  if (stop) throw new StoppedError(stop);
  const end = await runPhase(host, "fill");
  report["steps"] = end.steps;
  report["fillMs"] = context.now() - began;
  await progress.flushed();
  refuseUnfilled(end);
  return { ...host, deadlineMs: SUBMIT_MS, onStep: () => undefined };
};

export const refuseUnfilled = ({ result, steps }: PhaseEnd): void => {
  if (result.kind === "stopped") throw new StoppedError(result.stop);
  const unverified = unverifiedRequired(steps);
  if (result.kind === "refused")
    throw new FillRefusedError(unverified.length > 0 ? unverified : result.steps);
  if (unverified.length > 0) throw new FillRefusedError(unverified);
};
