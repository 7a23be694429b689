/** Phoenix messages as realtime-js writes them: arrays since protocol 2.0.0, objects in 1.0.0. */
import { z } from "zod";

export type Message = {
  joinRef: string | null;
  ref: string | null;
  topic: string;
  event: string;
  payload: Record<string, unknown>;
};
export type Version = "1.0.0" | "2.0.0";

const ref = z.union([z.string(), z.number()]).nullish();
const arrayMessage = z.tuple([ref, ref, z.string(), z.string(), z.record(z.string(), z.unknown())]);
const objectMessage = z.object({
  join_ref: ref,
  ref,
  topic: z.string(),
  event: z.string(),
  payload: z.record(z.string(), z.unknown()),
});

const text = (value: string | number | null | undefined): string | null =>
  value == null ? null : String(value);

/** @returns null for anything that is not a message. */
export const parseMessage = (raw: string): Message | null => {
  let json: unknown;
  try {
    json = JSON.parse(raw);
  } catch {
    return null; // not JSON, so not a message
  }
  const asArray = arrayMessage.safeParse(json);
  if (asArray.success) {
    const [joinRef, ref, topic, event, payload] = asArray.data;
    return { joinRef: text(joinRef), ref: text(ref), topic, event, payload };
  }
  const asObject = objectMessage.safeParse(json);
  if (!asObject.success) return null;
  const { join_ref, ref: own, topic, event, payload } = asObject.data;
  return { joinRef: text(join_ref), ref: text(own), topic, event, payload };
};

export const formatMessage = (message: Message, version: Version): string =>
  JSON.stringify(
    version === "2.0.0"
      ? [message.joinRef, message.ref, message.topic, message.event, message.payload]
      : {
          join_ref: message.joinRef,
          ref: message.ref,
          topic: message.topic,
          event: message.event,
          payload: message.payload,
        },
  );
