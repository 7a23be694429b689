/** The API on Cloudflare Workers. Variables and secrets: wrangler.jsonc. */
import { createApp } from "./app.ts";
import { answerMisconfigured } from "./misconfigured.ts";
import { EnvironmentError, parseEnv } from "./env.ts";

type Fetch = (request: Request) => Response | Promise<Response>;

/** Bindings are the same object for the life of an isolate, so the app and its cached key set are made once. */
const apps = new WeakMap<object, Fetch>();

const appFor = (bindings: Record<string, unknown>): Fetch => {
  const made = apps.get(bindings);
  if (made) return made;
  const app = createApp(parseEnv(bindings));
  const fetch: Fetch = (request) => app.fetch(request);
  apps.set(bindings, fetch);
  return fetch;
};

export default {
  fetch(request: Request, bindings: Record<string, unknown>): Response | Promise<Response> {
    try {
      return appFor(bindings)(request);
    } catch (error) {
      if (error instanceof EnvironmentError) return answerMisconfigured(error);
      throw error;
    }
  },
};
