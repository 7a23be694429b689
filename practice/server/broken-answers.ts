/** Answers that are none: no server behind the site, or a connection that drops. */
import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";

type AnyContext = Context<{ Bindings: HttpBindings }>;

/** The page that stands in front of a site whose servers do not answer. */
export function badGateway(c: Pick<AnyContext, "header" | "body">): Response {
  const text = "502 Bad Gateway";
  c.header("cache-control", "no-store");
  return c.body(
    `<html>\r\n<head><title>${text}</title></head>\r\n<body>\r\n<center><h1>${text}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`,
    502,
    { "content-type": "text/html" },
  );
}

/**
 * Drops the connection in the middle of the answer: what was committed stays committed, and the page never hears of
 * it. A few bytes are sent first, because Chromium sends a POST again by itself when a kept-alive connection closes
 * before any byte of the answer came (seen 2026-11), and then the *browser* would have listed twice.
 */
export function loseReply(c: Pick<AnyContext, "env">): Response {
  const { socket } = c.env.incoming;
  socket.write("HTTP/1.1 200 OK\r\ncontent-ty", () => socket.destroy());
  return new Response(null, { headers: { "x-hono-already-sent": "true" } });
}
