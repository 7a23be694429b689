/** The one place where anything thrown becomes an answer. What came from inside stays in the log. */
import type { ErrorHandler, NotFoundHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import type { AppContext, AppEnv } from "../app-context.ts";
import { ApiProblem } from "../problem.ts";

const asProblem = (error: Error): ApiProblem => {
  if (error instanceof ApiProblem) return error;
  if (error instanceof HTTPException) {
    if (error.status === 415) return new ApiProblem("unsupported_media_type", "Send application/json.");
    if (error.status === 413) return new ApiProblem("body_too_large", "Send a smaller body.");
    if (error.status < 500) {
      return new ApiProblem("invalid_body", "The request could not be read. Send JSON as the docs show.");
    }
  }
  return new ApiProblem(
    "internal",
    "The request was not carried out. Try again; if it keeps failing, report the request id.",
    { cause: error },
  );
};

const answerProblem = (c: AppContext, problem: ApiProblem): Response =>
  c.body(JSON.stringify(problem.body(c.get("requestId"))), problem.status, {
    "Content-Type": "application/problem+json",
    ...problem.headers,
  });

export const onError: ErrorHandler<AppEnv> = (error, c) => {
  const problem = asProblem(error);
  if (problem.status >= 500) {
    const inside = problem.cause instanceof Error ? problem.cause : error;
    c.get("log")({
      level: "error",
      msg: "request failed",
      requestId: c.get("requestId"),
      code: problem.code,
      error: inside.name,
      reason: inside.message.slice(0, 500),
      stack: inside.stack?.split("\n").slice(1, 6).join(" | "),
    });
  }
  return answerProblem(c, problem);
};

export const notFound: NotFoundHandler<AppEnv> = (c) =>
  answerProblem(c, new ApiProblem("not_found", "There is no such route. GET /openapi.json lists them all."));
