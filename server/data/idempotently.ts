/**
 * Writes that are not create_job (which keeps its key in its own transaction): begin, work, keep the answer. A refusal
 * is an answer too and is repeated; an outage is not, and the key is free again after half a minute.
 */
import { z } from "zod";
import { ERROR_CODES } from "#core/api/index.ts";
import { REFUSAL_CODES } from "#core/posting/index.ts";
import type { AppContext } from "../app-context.ts";
import { ApiProblem } from "../problem.ts";
import { bodyHash } from "./body-hash.ts";
import { dataOf } from "./sql-problem.ts";

const begunSchema = z.object({ state: z.enum(["new", "busy", "replay"]), response: z.unknown().optional() });
const keptSchema = z.union([
  z.object({ answer: z.unknown() }),
  z.object({
    refusal: z.object({
      code: z.enum(ERROR_CODES),
      detail: z.string(),
      refusal: z.enum(REFUSAL_CODES).optional(),
      errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    }),
  }),
]);

const replay = (c: AppContext, stored: unknown): unknown => {
  c.header("Idempotency-Replayed", "true");
  const kept = keptSchema.parse(stored);
  if ("answer" in kept) return kept.answer;
  const { code, detail, errors, refusal } = kept.refusal;
  throw new ApiProblem(code, detail, { errors, refusal });
};

/**
 * @param route "POST /api/...": one key may be used once per route.
 * @param request what the caller asked for, path included: the same key with another request is refused.
 */
export const idempotently = async <T>(
  c: AppContext,
  route: string,
  request: unknown,
  work: () => Promise<T>,
): Promise<T> => {
  const database = c.get("database");
  const key = { p_key: c.req.header("idempotency-key") ?? "", p_route: route };
  const finish = async (status: number, response: unknown): Promise<void> => {
    const { error } = await database.rpc("idempotency_finish", {
      ...key,
      p_status: status,
      p_response: response,
    });
    // The work is done: failing now would tell the caller otherwise. A repeat finds the key busy, then does it again.
    if (error)
      c.get("log")({
        level: "warn",
        msg: "idempotency answer not kept",
        requestId: c.get("requestId"),
        code: error.code,
      });
  };

  const begun = begunSchema.parse(
    dataOf(await database.rpc("idempotency_begin", { ...key, p_body_hash: await bodyHash(request) })),
  );
  if (begun.state === "busy") {
    throw new ApiProblem(
      "conflict",
      "The same request is being worked on. Wait for its answer, or send it again later.",
      {
        headers: { "Retry-After": "5" },
      },
    );
  }
  // What was kept is what `work` returned.
  if (begun.state === "replay") return replay(c, begun.response) as T;
  try {
    const answer = await work();
    await finish(200, { answer });
    return answer;
  } catch (error) {
    if (error instanceof ApiProblem && error.status < 500) {
      const { code, detail, errors, refusal } = error;
      await finish(error.status, { refusal: { code, detail, errors, refusal } });
    }
    throw error;
  }
};
