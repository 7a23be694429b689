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
    throw new Error("This version of @supabase/lite keeps its grants elsewhere; see supabase/local/lite-gaps.ts.");
  }
  (connection as { rlsState: string }).rlsState = "active";
};

/** Object bytes go to our folder; without an adapter Lite serves no storage. */
export const useStorageAdapter = (app: object, adapter: object): void => {
  (app as { _storageAdapter?: object })._storageAdapter = adapter;
};

const isUpload = (request: Request): boolean =>
  (request.method === "POST" || request.method === "PUT") &&
  new URL(request.url).pathname.startsWith("/storage/v1/object/") &&
  (request.headers.get("content-type") ?? "").startsWith("multipart/form-data");

/** supabase-js sends a Blob or File as a form; Lite takes raw bytes only. Its one file part becomes the body. */
export const uploadAsRawBytes = async (request: Request): Promise<Request> => {
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
  request.method === "POST" && new URL(request.url).pathname.startsWith("/storage/v1/object/sign/");

/** supabase-js prefixes `/storage/v1` to a signed path; Lite's answer already has it (or a whole origin). */
const relativeToStorage = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(relativeToStorage);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      /^signed_?url$/i.test(key) && typeof inner === "string"
        ? inner.replace(/^https?:\/\/[^/]+/, "").replace(/^\/storage\/v1/, "")
        : inner,
    ]),
  );
};

export const signedPathsAsHosted = async (request: Request, response: Response): Promise<Response> => {
  if (!isSigning(request) || !response.ok) return response;
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  return new Response(JSON.stringify(relativeToStorage(await response.json())), { status: response.status, headers });
};

/** Serves a request as hosted Supabase would. */
export const fetchAsHosted = async (app: App, request: Request, peerAddress: string | null): Promise<Response> => {
  const asLite = await uploadAsRawBytes(request);
  return signedPathsAsHosted(request, await app.fetch(asLite, { peerAddress }));
};
