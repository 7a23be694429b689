/**
 * Receiving messages: sender first, then shape, then the handler, all before anything else happens. The handler is called in
 * the same turn as the event, because `sidePanel.open` wants the gesture that came with it.
 */
import { ZodError } from "zod";
import { MessageError, type Envelope, type Reply } from "./send.ts";
import { senderOf, type RawSender, type Sender } from "./sender.ts";
import { MESSAGES, type MessageType, type Request, type Response } from "./table.ts";

export type Handlers = { [T in MessageType]: (request: Request<T>, sender: Sender) => Promise<Response<T>> };

const isMessageType = (type: string): type is MessageType => Object.hasOwn(MESSAGES, type);

const isEnvelope = (message: unknown): message is Envelope =>
  typeof message === "object" &&
  message !== null &&
  (message as Envelope).hawker === 1 &&
  typeof (message as Envelope).type === "string";

const refuse = (code: string, message: string): Reply => ({ ok: false, code, message });

const replyFor = (error: unknown): Reply => {
  if (error instanceof MessageError) return refuse(error.code, error.message);
  if (error instanceof Error && "code" in error && typeof error.code === "string")
    return refuse(error.code, error.message);
  if (error instanceof Error)
    return refuse(error.name === "ApiUnavailable" ? "unavailable" : "failed", error.message);
  return refuse("failed", "That did not work. Try again.");
};

/** The answer to a message, or null when it is none of ours. Pure but for the handler it calls. */
export const answer = (
  message: unknown,
  raw: RawSender,
  handlers: Handlers,
  extensionId: string,
): Promise<Reply> | null => {
  if (!isEnvelope(message)) return null;
  const sender = senderOf(raw, extensionId);
  const refused = Promise.resolve(refuse("not-allowed", "This message is not allowed from here."));
  if (!sender || !isMessageType(message.type)) return refused;
  const entry = MESSAGES[message.type];
  if (entry.from !== sender.class) return refused;
  const request = entry.request().safeParse(message.payload);
  if (!request.success) return Promise.resolve(refuse("invalid", firstIssue(request.error as ZodError)));
  try {
    const handler = handlers[message.type] as (request: unknown, sender: Sender) => Promise<unknown>;
    return handler(request.data, sender).then((value): Reply => ({ ok: true, value }), replyFor);
  } catch (error) {
    return Promise.resolve(replyFor(error));
  }
};

const firstIssue = (error: ZodError): string => {
  const issue = error.issues[0];
  return issue
    ? `${issue.path.join(".") || "The message"}: ${issue.message}`
    : "The message is not in the form expected.";
};

/** Registers the one listener. Call synchronously when the worker starts. */
export const listen = (handlers: Handlers): void => {
  chrome.runtime.onMessage.addListener((message: unknown, sender, sendResponse) => {
    const reply = answer(message, sender, handlers, chrome.runtime.id);
    if (!reply) return false;
    void reply.then(sendResponse);
    return true;
  });
};
