/**
 * What Supabase Lite 0.10 does differently from hosted Supabase, each difference behind one function, so that client
 * code is written for hosted Supabase alone. All of it was seen with 0.10.0; try without on every update.
 */
import type { App } from "@supabase/lite";

/**
 * Lite grants ALL on every table, present and future, of any schema with row level security to anon, authenticated
 * and service_role when it first serves a request. That would undo our revoked grants: tell it that this was done.
 */
export const keepOwnGrants = (connection: object): void => {
  if (!("rlsState" in connection)) {
    throw new Error(
      "This version of @supabase/lite keeps its grants elsewhere; see supabase/local/lite-gaps.ts.",
    );
  }
  (connection as { rlsState: string }).rlsState = "active";
};

/** Object bytes go to our folder; without an adapter Lite serves no storage. */
export const useStorageAdapter = (app: object, adapter: object): void => {
  (app as { _storageAdapter?: object })._storageAdapter = adapter;
};

/** Lite prints every error whole, with the values of the row in its detail: here it prints one line without them. */
const printShort = (error: object, line: string): void => {
  Object.defineProperty(error, Symbol.for("nodejs.util.inspect.custom"), {
    value: () => line,
    configurable: true,
  });
};

/**
 * A function's own SQLSTATE (`HK409`) reaches the client as code, message and hint with status 400 on hosted Supabase.
 * Lite answers 500 without the code, but knows PostgREST's `PGRST` form of an error: ours are put into it.
 */
export const keepErrorCodes = (connection: object): void => {
  const target = connection as { withContext: (...args: unknown[]) => Promise<unknown> };
  const original = target.withContext.bind(connection);
  target.withContext = async (...args) => {
    try {
      return await original(...args);
    } catch (error) {
      const { code, message, detail, hint } = error as Record<string, unknown>;
      if (typeof code !== "string") throw error;
      const line = `refused by the database: ${code} ${String(message)}`;
      if (!code.startsWith("HK")) {
        printShort(error as object, line);
        throw error;
      }
      const body = JSON.stringify({ code, message, details: detail ?? null, hint: hint || null });
      const asPostgrest = new Error(body, { cause: error });
      printShort(asPostgrest, line);
      throw Object.assign(asPostgrest, {
        code: "PGRST",
        detail: JSON.stringify({ status: 400, headers: {} }),
      });
    }
  };
};

type Transaction = { executeQuery: (query: object) => Promise<unknown> };
type RequestContext = {
  auth?: { role?: string; uid?: unknown; jwt?: unknown };
  storage?: { operation?: unknown };
};
type RpcRequest = { method: string; path: string; requestHeaders?: object };

/** `is_local` settings of this transaction, in one statement. */
const setAll = async (transaction: Transaction, settings: [name: string, value: string][]): Promise<void> => {
  const calls = settings.map(([name], at) => `set_config('${name}', $${at + 1}, true)`);
  const sql = `select ${calls.join(", ")}`;
  await transaction.executeQuery({
    sql,
    parameters: settings.map(([, value]) => value),
    query: { kind: "RawNode", sqlFragments: [sql], parameters: [] },
    queryId: { queryId: "request-settings" },
  });
};

/**
 * Lite sends each setting of a request on its own, ten round trips before the query; hosted PostgREST sends them in
 * one. Same names and values, one statement. Halved the processor time of an `rpc()` call (measured with 0.10.0).
 */
export const settingsInOneTrip = (connection: object): void => {
  const target = connection as {
    applyJwtSessionContext: (trx: Transaction, context: RequestContext) => Promise<void>;
    applyRpcRequestGucs: (trx: Transaction, request: RpcRequest) => Promise<void>;
  };
  target.applyJwtSessionContext = (trx, { auth, storage }) => {
    const role = auth?.role || "anon";
    const claims: [string, string][] =
      auth?.jwt && typeof auth.jwt === "object" ? [["request.jwt.claims", JSON.stringify(auth.jwt)]] : [];
    return setAll(trx, [
      ["role", role],
      ["request.jwt.claim.sub", String(auth?.uid ?? "")],
      ["request.jwt.claim.role", role],
      ["storage.operation", String(storage?.operation ?? "")],
      ...claims,
    ]);
  };
  target.applyRpcRequestGucs = (trx, { method, path, requestHeaders }) =>
    setAll(trx, [
      ["response.status", ""],
      ["response.headers", ""],
      ["request.method", method],
      ["request.path", path],
      ["request.headers", JSON.stringify(requestHeaders ?? {})],
    ]);
};

/** Postgres' own text of a time (`2026-01-31 10:00:00+00`, sessions run in UTC) as PostgREST writes it. */
const isoTime = (text: string): string => text.replace(" ", "T").replace(/\+00$/, "+00:00");

/**
 * Types as hosted. Lite turns a JSON argument of rpc() into text, and the driver turns that text into JSON again: functions would see a
 * string instead of an object. Text for a JSON parameter is JSON already.
 */
export const hostedTypes = {
  json: { to: 114, from: [114], serialize: textOfJson, parse: (text: string): unknown => JSON.parse(text) },
  jsonb: {
    to: 3802,
    from: [3802],
    serialize: textOfJson,
    parse: (text: string): unknown => JSON.parse(text),
  },
  timestamp: { to: 1114, from: [1114], serialize: asIs, parse: isoTime },
  timestamptz: { to: 1184, from: [1184], serialize: asIs, parse: isoTime },
};

function asIs(value: unknown): string {
  return String(value);
}

function textOfJson(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

const isUpload = (request: Request): boolean =>
  (request.method === "POST" || request.method === "PUT") &&
  new URL(request.url).pathname.startsWith("/storage/v1/object/") &&
  (request.headers.get("content-type") ?? "").startsWith("multipart/form-data");

/** supabase-js sends a Blob or File as a form; Lite takes raw bytes only. Its one file part becomes the body. */
const uploadAsRawBytes = async (request: Request): Promise<Request> => {
  if (!isUpload(request)) return request;
  const form = await request.formData();
  const file = [...form.values()].find((value) => typeof value !== "string");
  if (!file) return new Request(request.url, { method: request.method, headers: request.headers });
  const headers = new Headers(request.headers);
  headers.delete("content-length");
  headers.set("content-type", file.type || "application/octet-stream");
  const cacheControl = form.get("cacheControl");
  if (typeof cacheControl === "string") headers.set("cache-control", `max-age=${cacheControl}`);
  return new Request(request.url, { method: request.method, headers, body: await file.arrayBuffer() });
};

const isSigning = (request: Request): boolean =>
  request.method === "POST" &&
  /^\/storage\/v1\/object\/(upload\/)?sign\//.test(new URL(request.url).pathname);

const relativeToStorage = (url: string): string =>
  url.replace(/^https?:\/\/[^/]+/, "").replace(/^\/storage\/v1/, "");

/**
 * Lite names a signed address `signedUrl` and begins it with /storage/v1; hosted Supabase names it `signedURL` (for an
 * upload `url`), relative to /storage/v1, and supabase-js relies on that.
 */
const asHostedSigned = (answer: unknown, name: "signedURL" | "url"): unknown => {
  if (Array.isArray(answer)) return answer.map((one) => asHostedSigned(one, name));
  const { signedUrl, ...rest } = answer as { signedUrl?: unknown };
  return typeof signedUrl === "string"
    ? { ...rest, [name]: signedUrl && relativeToStorage(signedUrl) }
    : answer;
};

const signedPathsAsHosted = async (request: Request, response: Response): Promise<Response> => {
  if (!isSigning(request) || !response.ok) return response;
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  const name = request.url.includes("/object/upload/sign/") ? "url" : "signedURL";
  return new Response(JSON.stringify(asHostedSigned(await response.json(), name)), {
    status: response.status,
    headers,
  });
};

/** Serves a request as hosted Supabase would. */
export const fetchAsHosted = async (
  app: App,
  request: Request,
  peerAddress: string | null,
): Promise<Response> => {
  const asLite = await uploadAsRawBytes(request);
  return signedPathsAsHosted(request, await app.fetch(asLite, { peerAddress }));
};
