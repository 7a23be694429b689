/** The line to the database, which can be cut: every connection through it ends, and none is taken until it is mended. */
import { createServer, connect, type AddressInfo, type Socket } from "node:net";

export type DatabaseLine = {
  /** The database's address through this line. */
  url: string;
  cut(): void;
  /** When somebody has tried to get through since it was cut: they know by then. */
  missed(): Promise<void>;
  mend(): void;
  close(): Promise<void>;
};

export const databaseLine = async (databaseUrl: string): Promise<DatabaseLine> => {
  const there = new URL(databaseUrl);
  const open = new Set<Socket>();
  let isCut = false;
  let missed = Promise.withResolvers<void>();
  const server = createServer((here) => {
    if (isCut) {
      here.destroy();
      return missed.resolve();
    }
    const beyond = connect(Number(there.port || 5432), there.hostname);
    for (const [socket, other] of [
      [here, beyond],
      [beyond, here],
    ] as const) {
      open.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        open.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = new URL(databaseUrl);
  url.hostname = "127.0.0.1";
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    cut() {
      isCut = true;
      missed = Promise.withResolvers();
      for (const socket of open) socket.destroy();
    },
    missed: () => missed.promise,
    mend() {
      isCut = false;
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
};
