import { ApiProblem } from "./problem.ts";

/** On Workers there is no start that could fail: a wrong configuration is the operator's log line and a 503 for callers. */
export const answerMisconfigured = (error: Error): Response => {
  console.error(JSON.stringify({ level: "error", msg: error.message }));
  const problem = new ApiProblem(
    "unavailable",
    "The service is not configured. Its operator finds the reason in its log.",
  );
  return new Response(JSON.stringify(problem.body(crypto.randomUUID())), {
    status: problem.status,
    headers: { "Content-Type": "application/problem+json", "Cache-Control": "no-store", "Retry-After": "60" },
  });
};
