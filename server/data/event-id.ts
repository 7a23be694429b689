/**
 * The id under which a posting hears of a request: the same person, key and request make the same id. So what was asked
 * counts once, also where the first answer was lost before it could be kept for repeating.
 */
import { bodyHash } from "./body-hash.ts";

/** @returns a UUID of version 8, whose bits are of one's own making. */
export const eventIdOf = async (userId: string, key: string, request: unknown): Promise<string> => {
  const hash = await bodyHash([userId, key, request]);
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `a${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join("-");
};
