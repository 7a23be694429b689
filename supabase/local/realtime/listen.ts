/** Hears `hawker_changes` and hands over each change; reconnects when the connection is lost. */
import pg from "pg";
import { changeSchema, type Change } from "./filter.ts";

const RECONNECT_MS = 500;

export const listenForChanges = async (
  databaseUrl: string,
  onChange: (change: Change) => void,
): Promise<{ close: () => Promise<void> }> => {
  let closed = false;
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
      if (!closed) timer = setTimeout(reconnect, RECONNECT_MS);
    });
    fresh.on("notification", ({ payload }) => {
      const change = changeSchema.safeParse(JSON.parse(payload ?? "null"));
      if (change.success) onChange(change.data);
    });
    await fresh.connect();
    await fresh.query("listen hawker_changes");
    client = fresh;
  };

  await connect();
  return {
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await client?.end();
    },
  };
};
