/** Whether the database answers, asked as nobody: no right is needed to hear a refusal. */
import type { ServerEnv } from "../env.ts";
import { ApiProblem } from "../problem.ts";

/** Past this a load balancer should send people elsewhere. */
const PATIENCE_MS = 3_000;

/** Postgres itself said no to a stranger: it is there. */
const isPostgresRefusal = (body: unknown): boolean =>
  typeof body === "object" && body !== null && "code" in body && body.code === "42501";

const answers = async (env: ServerEnv): Promise<boolean> => {
  const response = await fetch(`${env.supabaseUrl}/rest/v1/workspaces?select=id&limit=1`, {
    headers: { apikey: env.publishableKey },
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (response.ok) {
    await response.body?.cancel();
    return true;
  }
  return isPostgresRefusal(await response.json());
};

/** @throws unavailable when it does not answer in time. */
export const refuseUnreachable = async (env: ServerEnv): Promise<void> => {
  const reached = await answers(env).catch((cause: unknown) => {
    throw new ApiProblem("unavailable", "The database does not answer. Try again shortly.", {
      cause,
      headers: { "Retry-After": "5" },
    });
  });
  if (!reached) {
    throw new ApiProblem("unavailable", "The database does not answer as it should. Try again shortly.", {
      headers: { "Retry-After": "5" },
    });
  }
};
