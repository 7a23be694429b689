/** Sending a message to the background, typed. Content scripts import this too, so there is no zod here. */
import type { MessageType, RequestInput, Response } from "./table.ts";

/** What goes over the wire. `hawker` tells our messages from anything else on the channel. */
export type Envelope = { hawker: 1; type: string; payload: unknown };
export type Reply = { ok: true; value: unknown } | { ok: false; code: string; message: string };

/** The background refused or failed. `message` is a sentence for the person. */
export class MessageError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = "MessageError";
    this.code = code;
  }
}

/** @throws MessageError with a sentence to show. */
export const send = async <T extends MessageType>(
  type: T,
  payload: RequestInput<T>,
): Promise<Response<T>> => {
  const envelope: Envelope = { hawker: 1, type, payload };
  const reply = (await chrome.runtime.sendMessage(envelope)) as Reply | undefined;
  if (!reply) throw new MessageError("no-answer", "Hawker did not answer. Reload this page and try again.");
  if (!reply.ok) throw new MessageError(reply.code, reply.message);
  return reply.value as Response<T>;
};
