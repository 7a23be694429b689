/** What exactly would be published, as one short text: consent is for this and nothing else. */
import type { Plan } from "../plan/plan.ts";

const hex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** JSON with the keys of every object in order, so that equal things have equal text. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`);
  return `{${entries.join(",")}}`;
}

async function sha256Of(value: unknown): Promise<string> {
  return hex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(canonical(value))));
}

/** The pictures count by their own hashes, in order. */
export const payloadHash = (
  plan: Plan,
  { photos }: { photos: readonly { sha256?: string | null | undefined }[] },
): Promise<string> => sha256Of([plan, photos.map(({ sha256 }) => sha256 ?? null)]);
