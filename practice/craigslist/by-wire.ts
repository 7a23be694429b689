/** A posting without a browser: the requests that the wizard's pages would send. For tests of what the server does. */
import { request } from "node:https";
import type { StorageState } from "../control-client.ts";
import { areas, categories, hoods, subareas, types } from "./options.ts";

export type Answer = { status: number; location: string | null; body: string };

/** What a step's form is sent with; a step that is not named here needs nothing said. */
const SAID: Record<string, Record<string, string>> = {
  area: { id: areas[0]!.value },
  subarea: { id: subareas[0]!.value },
  hood: { id: hoods[0]!.value },
  type: { id: types[0]!.value },
  cat: { id: categories[0]!.value },
  edit: { PostingTitle: "Brass lamp", PostingBody: "Works.", price: "45", postal: "94110" },
};

/**
 * @param port the practice sites' own.
 * @returns `press`, which sends the preview's form once: @throws the socket's error when the answer is lost.
 */
export async function draftByWire(
  port: number,
  { cookies }: StorageState,
): Promise<{ press(): Promise<Answer> }> {
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const send = (path: string, form?: Record<string, string>): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const sent = request(
        {
          host: "127.0.0.1",
          port,
          path,
          method: form ? "POST" : "GET",
          servername: "post.craigslist.org",
          rejectUnauthorized: false,
          headers: {
            host: "post.craigslist.org",
            cookie,
            ...(form ? { "content-type": "application/x-www-form-urlencoded" } : {}),
          },
        },
        (answer) => {
          let body = "";
          answer.on("data", (chunk: Buffer) => (body += chunk.toString()));
          answer.on("error", reject);
          answer.on("end", () =>
            resolve({ status: answer.statusCode ?? 0, location: answer.headers.location ?? null, body }),
          );
        },
      );
      sent.on("error", reject);
      sent.end(form ? new URLSearchParams(form).toString() : undefined);
    });
  const follow = ({ location }: Answer): string => {
    if (!location) throw new Error("A step of the wizard led nowhere.");
    const { pathname, search } = new URL(location, "https://post.craigslist.org");
    return pathname + search;
  };

  let at = follow(await send("/"));
  const { body } = await send(at);
  const cryptedStepCheck = /name="cryptedStepCheck" value="([^"]+)"/.exec(body)?.[1] ?? "";
  for (let step = ""; step !== "preview";) {
    step = new URLSearchParams(at.split("?")[1]).get("s") ?? "";
    if (step !== "preview") at = follow(await send(at, { cryptedStepCheck, ...SAID[step] }));
  }
  return { press: () => send(at, { cryptedStepCheck }) };
}
