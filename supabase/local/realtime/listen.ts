/** Hears `hawker_changes` and hands over each change; reconnects when the connection is lost. */
import pg from "pg";
import { changeSchema, type Change } from "./filter.ts";

const RECONNECT_MS = 500;

/** Notices are sent only while a connection has said that it listens (private.change_listeners). */
const LISTEN = `
  delete from private.change_listeners where backend not in (select pid from pg_stat_activity);
  insert into private.change_listeners default values on conflict do nothing`;
const REST = "delete from private.change_listeners where backend = pg_backend_pid()";

/** Every role may notify any channel: what is no change of ours is passed over. */
const changeOf = (payload = ""): Change | null => {
  try {
    return changeSchema.parse(JSON.parse(payload));
  } catch {
    return null;
  }
};

export type Listener = {
  /** Once it resolves, what begins later is heard, or is not any more. */
  want: (wanted: boolean) => Promise<void>;
  close: () => Promise<void>;
};

export const listenForChanges = async (
  databaseUrl: string,
  onChange: (change: Change) => void,
): Promise<Listener> => {
  let closed = false;
  let wanted = false;
  let told: Promise<unknown> = Promise.resolve();
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;

  // A failed attempt ends its connection too, and `end` tries again.
  const reconnect = (): void => void connect().catch(() => undefined);

  const connect = async (): Promise<void> => {
    const fresh = new pg.Client({
      connectionString: databaseUrl,
      application_name: "hawker realtime listen",
    });
    fresh.on("error", () => undefined); // `end` follows and reconnects
    fresh.on("end", () => {
      client = undefined;
      if (!closed) timer = setTimeout(reconnect, RECONNECT_MS);
    });
    fresh.on("notification", ({ payload }) => {
      const change = changeOf(payload);
      if (change) onChange(change);
    });
    await fresh.connect();
    await fresh.query("listen hawker_changes");
    await fresh.query(wanted ? LISTEN : REST);
    client = fresh;
  };

  await connect();
  return {
    want: async (now) => {
      if (now !== wanted) {
        wanted = now;
        // Without a connection, or when it is lost over this: at the next one.
        told = told.then(() => client?.query(now ? LISTEN : REST)).catch(() => undefined);
      }
      await told;
    },
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await client?.query(REST).catch(() => undefined);
      await client?.end();
    },
  };
};
