/** The document's operations as a list, flat enough for a page or a test to walk over. */
import type { ApiDocument } from "./document.ts";

const METHODS = ["get", "post", "put", "patch", "delete"] as const;
export type Method = (typeof METHODS)[number];

export type Operation = {
  id: string;
  method: Method;
  /** With `{id}` in braces, as the document writes it. */
  path: string;
  tag: string;
  summary: string;
  description: string;
  needsSession: boolean;
  parameters: { name: string; in: string; required: boolean; type: string; description: string }[];
  takesBody: boolean;
  requestSchema: unknown;
  requestExample: unknown;
  responses: {
    status: string;
    description: string;
    schema: unknown;
    example: unknown;
    contentType: string | undefined;
  }[];
};

/** What is read of the document; its published types are unions of references this app never writes here. */
type Media = { schema?: unknown; example?: unknown };
type RawOperation = {
  operationId?: string;
  tags?: string[];
  summary?: string;
  description?: string;
  security?: unknown[];
  parameters?: {
    name: string;
    in: string;
    required?: boolean;
    description?: string;
    schema?: Record<string, unknown>;
  }[];
  requestBody?: { content?: Record<string, Media> };
  responses?: Record<string, { description?: string; content?: Record<string, Media> }>;
};

const typeOf = (schema: Record<string, unknown> = {}): string => {
  const { enum: values, format, type } = schema;
  if (Array.isArray(values)) return values.join(" | ");
  return typeof format === "string" ? format : String(type ?? "any");
};

const firstOf = (content: Record<string, Media> | undefined): [string, Media] | undefined =>
  Object.entries(content ?? {})[0];

const operationFrom = (method: Method, path: string, raw: RawOperation): Operation => {
  const request = firstOf(raw.requestBody?.content)?.[1];
  return {
    id: raw.operationId ?? `${method} ${path}`,
    method,
    path,
    tag: raw.tags?.[0] ?? "",
    summary: raw.summary ?? "",
    description: raw.description ?? "",
    needsSession: (raw.security ?? []).length > 0,
    parameters: (raw.parameters ?? []).map((p) => ({
      name: p.name,
      in: p.in,
      required: p.required ?? false,
      type: typeOf(p.schema),
      description: p.description ?? "",
    })),
    takesBody: request !== undefined,
    requestSchema: request?.schema,
    requestExample: request?.example,
    responses: Object.entries(raw.responses ?? {}).map(([status, response]) => {
      const [contentType, media] = firstOf(response.content) ?? [];
      return {
        status,
        description: response.description ?? "",
        schema: media?.schema,
        example: media?.example,
        contentType,
      };
    }),
  };
};

export const operationsOf = (document: ApiDocument): Operation[] =>
  Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const raw = (item as Partial<Record<Method, RawOperation>>)[method];
      return raw ? [operationFrom(method, path, raw)] : [];
    }),
  );
