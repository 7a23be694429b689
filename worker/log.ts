/** The worker's log: JSON lines, names and ids only. What could hold a secret is cut out wherever it turns up. */
import { pino, type DestinationStream, type Logger } from "pino";

export type Log = Logger;

const SECRET_KEYS = [
  "session",
  "storageState",
  "cookies",
  "cookie",
  "value",
  "envelope",
  "secret",
  "password",
  "token",
  "authorization",
  "base64",
];
const at = (depth: number) => SECRET_KEYS.map((key) => `${"*.".repeat(depth)}${key}`);

/** Playwright quotes what it was given in its call log: keep the first line of a message, drop the rest. */
const describeError = (
  error: unknown,
): { type: string; message: string; stack?: string; cause?: unknown } => {
  if (!(error instanceof Error)) return { type: typeof error, message: firstLine(String(error)) };
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    message: firstLine(error.message),
    stack: frames.slice(0, 8).join("\n"),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
};

const firstLine = (text: string): string => (text.split("\n", 1)[0] ?? "").slice(0, 400);

export const createLog = (level: string, destination?: DestinationStream): Log =>
  pino(
    {
      level,
      base: null,
      redact: { paths: [...at(0), ...at(1), ...at(2), ...at(3)], censor: "[redacted]" },
      serializers: { err: describeError },
      formatters: { level: (label) => ({ level: label }) },
    },
    ...(destination ? [destination] : []),
  );
