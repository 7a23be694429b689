/** The one origin of the local stack: Supabase's paths go to Lite; any page or extension on this machine may ask. */
import type { App } from "@supabase/lite";
import { fetchAsHosted } from "./lite-gaps.ts";

const PREFIXES = ["/auth/v1", "/rest/v1", "/storage/v1"];

/** As hosted Supabase: any origin, since a token is what counts. chrome-extension:// origins are covered by `*`. */
const withCors = (request: Request, response: Response): Response => {
  const headers = new Headers(response.headers);
  headers.set("access-control-allow-origin", request.headers.get("origin") ?? "*");
  headers.append("vary", "origin");
  headers.set(
    "access-control-expose-headers",
    "content-range, content-location, location, preference-applied, sb-request-id, content-length",
  );
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
};

const preflight = (request: Request): Response =>
  new Response(null, {
    status: 204,
    headers: {
      "access-control-allow-methods": "GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS",
      "access-control-allow-headers": request.headers.get("access-control-request-headers") ?? "*",
      "access-control-max-age": "600",
      // Chrome asks before a page on the internet may reach this machine.
      "access-control-allow-private-network": "true",
    },
  });

type NodeEnv = { incoming?: { socket?: { remoteAddress?: string } } };

export const answerOrigin =
  (app: App) =>
  async (request: Request, env?: unknown): Promise<Response> => {
    const { pathname } = new URL(request.url);
    if (pathname === "/health") return Response.json({ ok: true, pid: process.pid });
    if (!PREFIXES.some((prefix) => pathname.startsWith(`${prefix}/`) || pathname === prefix)) {
      return Response.json(
        { message: `Nothing here. The stack serves ${PREFIXES.join(", ")} and /realtime/v1.` },
        { status: 404 },
      );
    }
    if (request.method === "OPTIONS") return withCors(request, preflight(request));
    const peer = (env as NodeEnv | undefined)?.incoming?.socket?.remoteAddress ?? null;
    return withCors(request, await fetchAsHosted(app, request, peer));
  };
