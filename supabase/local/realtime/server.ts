/**
 * A realtime endpoint for the local stack: Supabase's Phoenix protocol, postgres_changes only, for the real realtime-js.
 * A change reaches a subscriber only after its row was read under that subscriber's rights (rows.ts).
 */
import type { Server } from "node:http";
import { WebSocketServer, type WebSocket } from "ws";
import { z } from "zod";
import { whoIs, type Subscriber } from "./claims.ts";
import { wantsKind, wantsRow, wishSchema, type Change, type Wish } from "./filter.ts";
import { listenForChanges } from "./listen.ts";
import { formatMessage, parseMessage, type Message, type Version } from "./phoenix.ts";
import { rowReader, type SeenRow } from "./rows.ts";

type Channel = {
  topic: string;
  joinRef: string | null;
  who: Subscriber;
  wishes: (Wish & { id: number })[];
  send: (event: string, payload: Record<string, unknown>) => void;
  leave: () => void;
};

const joinSchema = z.object({
  config: z.object({ postgres_changes: z.array(wishSchema).default([]) }).default({ postgres_changes: [] }),
  access_token: z.string().nullish(),
});

const payloadOf = (change: Change, seen: SeenRow, ids: number[]): Record<string, unknown> => ({
  ids,
  data: {
    schema: change.schema,
    table: change.table,
    type: change.type,
    commit_timestamp: new Date().toISOString(),
    columns: seen.columns,
    ...(change.type === "DELETE" ? {} : { record: seen.record }),
    ...(change.type === "INSERT" ? {} : { old_record: { id: change.id } }),
    errors: null,
  },
});

/** Serves /realtime/v1/websocket on an existing HTTP server. */
export const serveRealtime = async (
  http: Server,
  options: { databaseUrl: string; jwtSecret: string; publishableKey: string; secretKey: string },
): Promise<{ close: () => Promise<void> }> => {
  const identify = whoIs(options);
  const rows = rowReader(options.databaseUrl);
  const channels = new Set<Channel>();
  let lastWishId = 0;

  const deliver = async (change: Change): Promise<void> => {
    const interested = [...channels].filter((channel) =>
      channel.wishes.some((wish) => wantsKind(wish, change)),
    );
    const bySubscriber = Map.groupBy(interested, (channel) => channel.who.sub);
    for (const group of bySubscriber.values()) {
      const who = group[0]?.who;
      if (!who) continue;
      const seen = await rows.read(who, change);
      if (!seen) continue;
      for (const channel of group) {
        if (channel.who.expiresAt <= Date.now()) {
          channel.send("system", {
            status: "error",
            extension: "postgres_changes",
            message: "Access token has expired",
            channel: channel.topic,
          });
          channel.leave();
          continue;
        }
        // Hosted Realtime does not filter deletes either: only the key is left to compare.
        const ids = channel.wishes
          .filter(
            (wish) => wantsKind(wish, change) && (change.type === "DELETE" || wantsRow(wish, seen.record)),
          )
          .map(({ id }) => id);
        if (ids.length > 0) channel.send("postgres_changes", payloadOf(change, seen, ids));
      }
    }
  };

  // In order, one after the other; an update of a row that already waits to be read tells nothing more.
  const waiting = new Map<string, Change>();
  let draining = false;
  const drain = async (): Promise<void> => {
    if (draining) return;
    draining = true;
    for (const [key, change] of waiting) {
      waiting.delete(key);
      await deliver(change).catch((error: unknown) =>
        console.error("realtime: a change was not delivered", error),
      );
    }
    draining = false;
  };
  const listener = await listenForChanges(options.databaseUrl, (change) => {
    if (channels.size === 0) return;
    const key = `${change.table} ${change.id} ${change.type}`;
    waiting.set(key, change);
    void drain();
  });
  const forget = (channel: Channel): void => {
    channels.delete(channel);
    listener
      .want(channels.size > 0)
      .catch((error: unknown) => console.error("realtime: the listener was not told", error));
  };

  const join = async (socket: WebSocket, version: Version, message: Message): Promise<Channel | null> => {
    const answer = (status: "ok" | "error", response: Record<string, unknown>): void =>
      socket.send(formatMessage({ ...message, event: "phx_reply", payload: { status, response } }, version));
    const asked = joinSchema.safeParse(message.payload);
    if (!asked.success) {
      answer("error", { reason: "The join request is not one of postgres_changes." });
      return null;
    }
    const who = await identify(asked.data.access_token ?? null);
    if (!who) {
      answer("error", { reason: "The access token is not valid. Sign in again." });
      return null;
    }
    const channel: Channel = {
      topic: message.topic,
      joinRef: message.joinRef,
      who,
      wishes: asked.data.config.postgres_changes.map((wish) => ({ ...wish, id: ++lastWishId })),
      send: (event, payload) => {
        const { topic, joinRef } = channel;
        socket.send(formatMessage({ joinRef, ref: null, topic, event, payload }, version));
      },
      leave: () => {
        forget(channel);
        channel.send("phx_close", {});
      },
    };
    channels.add(channel);
    try {
      await listener.want(true);
    } catch (error) {
      channels.delete(channel);
      console.error("realtime: the listener was not told", error);
      answer("error", { reason: "The database cannot say what changes just now. Join again." });
      return null;
    }
    answer("ok", { postgres_changes: channel.wishes });
    channel.send("system", {
      status: "ok",
      extension: "postgres_changes",
      message: "Subscribed to PostgreSQL",
      channel: message.topic.replace(/^realtime:/, ""),
    });
    return channel;
  };

  const serve = (socket: WebSocket, version: Version): void => {
    const mine = new Map<string, Channel>();
    const reply = (message: Message): void =>
      socket.send(
        formatMessage({ ...message, event: "phx_reply", payload: { status: "ok", response: {} } }, version),
      );
    const handle = async (message: Message): Promise<void> => {
      const channel = mine.get(message.topic);
      switch (message.event) {
        case "phx_join": {
          if (channel) forget(channel);
          const joined = await join(socket, version, message);
          if (joined) mine.set(message.topic, joined);
          break;
        }
        case "access_token": {
          const token = message.payload["access_token"];
          const who = await identify(typeof token === "string" ? token : null);
          if (channel && who) channel.who = who;
          else channel?.leave();
          break;
        }
        case "phx_leave":
          if (channel) forget(channel);
          mine.delete(message.topic);
          reply(message);
          break;
        default: // heartbeat, presence, broadcast: acknowledged, nothing to do
          if (message.ref !== null) reply(message);
      }
    };
    // One after the other: a token refresh right after a join must find the channel.
    let turn: Promise<void> = Promise.resolve();
    socket.on("message", (data) => {
      const message = parseMessage(String(data as Buffer));
      if (!message) return;
      turn = turn.then(() => handle(message)).catch((error: unknown) => console.error("realtime:", error));
    });
    socket.on("close", () => mine.forEach(forget));
    socket.on("error", () => socket.terminate());
  };

  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1024 * 1024 });
  http.on("upgrade", (request, socket, head) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const key = url.searchParams.get("apikey");
    if (
      url.pathname !== "/realtime/v1/websocket" ||
      (key !== options.publishableKey && key !== options.secretKey)
    ) {
      socket.end("HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\n");
      return;
    }
    const version: Version = url.searchParams.get("vsn") === "1.0.0" ? "1.0.0" : "2.0.0";
    sockets.handleUpgrade(request, socket, head, (ws) => serve(ws, version));
  });
  return {
    close: async () => {
      http.removeAllListeners("upgrade"); // who was cut off comes back at once
      for (const socket of sockets.clients) socket.terminate();
      await listener.close();
      await rows.close();
    },
  };
};
