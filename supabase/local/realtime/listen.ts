/** Hears `hawker_changes` and hands over each change; reconnects when the connection is lost. */
import pg from "pg";
import { changeSchema, type Change } from "./filter.ts";

const RECONNECT_MS = 500;

/** Notices are sent only while a connection has said that it listens (private.change_listeners). */
const FORGET_THE_GONE = `
  delete from private.change_listeners where backend not in (select pid from pg_stat_activity)`;
const LISTEN = `
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
  /** Once it resolves, what begins later is heard, or is not any more. Throws what the database says against it. */
  want: (wanted: boolean) => Promise<void>;
  close: () => Promise<void>;
};

export const listenForChanges = async (
  databaseUrl: string,
  onChange: (change: Change) => void,
): Promise<Listener> => {
  let closed = false;
  let wanted = false;
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;

  // Without a connection: at the next one. The connection keeps the order of what it is told.
  const tell = async (): Promise<void> => {
    await client?.query(wanted ? LISTEN : REST);
  };

  // A failed attempt ends its connection too, and `end` tries again.
  const reconnect = (): void => void connect().catch(() => undefined);

  const connect = async (): Promise<void> => {
    const fresh = new pg.Client({
      connectionString: databaseUrl,
      application_name: "hawker realtime listen",
    });
    fresh.on("error", () => undefined); // `end` follows and reconnects
    fresh.on("end", () => {
      if (client === fresh) client = undefined;
      if (!closed) timer = setTimeout(reconnect, RECONNECT_MS);
    });
    fresh.on("notification", ({ payload }) => {
      const change = changeOf(payload);
      if (change) onChange(change);
    });
    await fresh.connect();
    try {
      await fresh.query(FORGET_THE_GONE);
      await fresh.query("listen hawker_changes");
      client = fresh;
      await tell();
    } catch (error) {
      await fresh.end();
      throw error;
    }
  };

  await connect().catch((error: unknown) => {
    closed = true;
    clearTimeout(timer);
    throw error;
  });
  return {
    want: async (now) => {
      wanted = now;
      await tell();
    },
    close: async () => {
      closed = true;
      clearTimeout(timer);
      wanted = false;
      // What is left behind is forgotten at the next start; it must not keep the stack from stopping.
      await tell().catch((error: unknown) => console.error("realtime: did not sign off", error));
      await client?.end();
    },
  };
};
