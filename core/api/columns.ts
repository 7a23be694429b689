/** Columns that several rows have, in the one form clients get. */
import { z } from "zod";

/** Postgres writes "+00:00" and microseconds. */
export const instant = z.string().transform((text) => new Date(text).toISOString());
export const progress = z
  .object({ percent: z.number(), message: z.string() })
  .transform(({ percent, message }) => ({ percent: Math.min(100, Math.max(0, percent)), message }));
