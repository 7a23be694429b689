/** A request that does not fit its schema, as a problem that names the places. */
import type { Hook } from "@hono/zod-openapi";
import type { ZodError } from "zod";
import type { AppEnv } from "../app-context.ts";
import { ApiProblem } from "../problem.ts";

/** More would help nobody. */
const MAX_ERRORS = 20;
const MAX_TEXT = 300;

const errorsOf = (error: ZodError) =>
  error.issues.slice(0, MAX_ERRORS).map((issue) => ({
    path: issue.path.map(String).join(".").slice(0, MAX_TEXT),
    message: issue.message.slice(0, MAX_TEXT),
  }));

// oxlint-disable-next-line typescript/no-explicit-any -- the library's own type for "any route's input"
export const refuseInvalid: Hook<any, AppEnv, any, any> = (result) => {
  if (result.success) return;
  const errors = errorsOf(result.error);
  const names = errors.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join("; ");
  const code = result.target === "json" ? "invalid_body" : "invalid_query";
  throw new ApiProblem(code, `Correct this and send it again: ${names}`.slice(0, 1000), { errors });
};
