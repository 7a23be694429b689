/** A caller: sends what a test says, valid or not, and gives back what came. */
import { problemDetailsSchema, type ProblemDetails } from "#core/api/index.ts";
import { apiUnderTest, type Runtime } from "./api-under-test.ts";

export type Answer = {
  status: number;
  headers: Headers;
  text: string;
  json: () => unknown;
  problem: () => ProblemDetails;
};

export type Call = {
  token?: string | undefined;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is. */
  raw?: string | Uint8Array<ArrayBuffer> | ReadableStream;
  headers?: Record<string, string>;
  /** A fresh one for writes unless given; null sends none. */
  key?: string | null;
  /** Another server than the one under test. */
  at?: string;
};

const answerOf = async (response: Response): Promise<Answer> => {
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: () => JSON.parse(text) as unknown,
    problem: () => problemDetailsSchema.parse(JSON.parse(text)),
  };
};

export const callApi = async (
  runtime: Runtime,
  method: string,
  path: string,
  call: Call = {},
): Promise<Answer> => {
  const verb = method.toUpperCase();
  const hasBody = call.body !== undefined || call.raw !== undefined;
  const key = call.key === undefined && verb !== "GET" ? crypto.randomUUID() : call.key;
  const headers = {
    ...(hasBody && { "content-type": "application/json" }),
    ...(call.token && { authorization: `Bearer ${call.token}` }),
    ...(key && { "idempotency-key": key }),
    ...call.headers,
  };
  const response = await fetch((call.at ?? apiUnderTest()[runtime]) + path, {
    method: verb,
    headers,
    body: call.raw ?? (call.body === undefined ? null : JSON.stringify(call.body)),
    ...(call.raw instanceof ReadableStream && { duplex: "half" }),
  });
  return answerOf(response);
};
