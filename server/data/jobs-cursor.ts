/** Where a page of jobs ended: opaque to clients, strict on the way back in because it becomes part of a filter. */
import { z } from "zod";
import { ApiProblem } from "../problem.ts";

const placeSchema = z.object({
  // As Postgres wrote it: microseconds would be lost in a Date, and jobs of one millisecond with them.
  created_at: z.string().regex(/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}(:?\d{2})?)$/),
  id: z.uuid(),
});

const encode = (text: string): string =>
  btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const decode = (text: string): string => atob(text.replaceAll("-", "+").replaceAll("_", "/"));

export const writeCursor = (row: unknown): string => {
  const place = placeSchema.parse(row);
  return encode(`${place.created_at}|${place.id}`);
};

/** @throws invalid_query for anything `writeCursor` did not write. */
export const parseCursor = (cursor: string): { createdAt: string; id: string } => {
  const refusal = new ApiProblem("invalid_query", "The cursor is not one of ours. Start again without it.");
  let text: string;
  try {
    text = decode(cursor);
  } catch {
    throw refusal; // not base64url
  }
  const [created_at, id, ...rest] = text.split("|");
  const place = placeSchema.safeParse({ created_at, id });
  if (!place.success || rest.length > 0 || Number.isNaN(Date.parse(place.data.created_at))) throw refusal;
  return { createdAt: place.data.created_at, id: place.data.id };
};
