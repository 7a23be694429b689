/**
 * The body, read once: bounded, of the right type, UTF-8, JSON, and holding nothing Postgres cannot store. What comes
 * after may call `c.req.json()` and gets what was read here.
 */
import { createMiddleware } from "hono/factory";
import type { AppContext, AppEnv } from "../app-context.ts";
import { ApiProblem } from "../problem.ts";
import { firstUnstorable } from "#core/item/unstorable.ts";

const tooLarge = (max: number): ApiProblem =>
  new ApiProblem(
    "body_too_large",
    `This route reads at most ${Math.floor(max / 1024)} KiB. Send less at once.`,
  );

/** Stops at the limit whatever Content-Length claims. */
const readBounded = async (c: AppContext, max: number): Promise<Uint8Array<ArrayBuffer>> => {
  if (Number(c.req.header("content-length") ?? 0) > max) throw tooLarge(max);
  const reader = c.req.raw.body?.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    const chunk = value as Uint8Array;
    size += chunk.byteLength;
    if (size > max) {
      await reader.cancel();
      throw tooLarge(max);
    }
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
};

const parseJson = (bytes: Uint8Array<ArrayBuffer>): { text: string; value: unknown } => {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ApiProblem("malformed_json", "The body is not UTF-8. Send JSON as UTF-8.", { cause });
  }
  try {
    return { text, value: JSON.parse(text) };
  } catch (cause) {
    // The parser's own message quotes the body.
    throw new ApiProblem("malformed_json", "The body is not valid JSON. Check quotes, commas and brackets.", {
      cause,
    });
  }
};

const isEmptyObject = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;

/** @param takesBody false: nothing or `{}` may be sent, so that a body meant for another route is noticed. */
export const jsonBody = (takesBody: boolean) =>
  createMiddleware<AppEnv>(async (c, next) => {
    const bytes = await readBounded(c, c.get("env").maxBodyBytes);
    if (!takesBody && bytes.byteLength === 0) return next();
    const type = c.req.header("content-type");
    if (!/^application\/json\s*(;\s*charset=("?)utf-8\2\s*)?$/i.test(type?.trim() ?? "")) {
      throw new ApiProblem(
        "unsupported_media_type",
        "Send the body as JSON with `Content-Type: application/json`.",
      );
    }
    const { text, value } = parseJson(bytes);
    if (!takesBody && !isEmptyObject(value)) {
      throw new ApiProblem("invalid_body", "This route takes no body. Send nothing, or {}.");
    }
    const unstorable = firstUnstorable(value);
    if (unstorable) {
      throw new ApiProblem("invalid_body", "The body holds text that cannot be stored.", {
        errors: [unstorable],
      });
    }
    // Hono's cache holds promises; its published type says string (4.13).
    c.req.bodyCache.text = Promise.resolve(text) as unknown as string;
    return next();
  });
