/** Free loopback ports, chosen once per name and remembered, so that a built extension keeps finding its API. */
import { readFile, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import path from "node:path";

const free = (port: number): Promise<number | null> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(null));
    probe.listen(port, "127.0.0.1", () => {
      const { port: got } = probe.address() as AddressInfo;
      probe.close(() => resolve(got));
    });
  });

/** The port of this name from last time when it is free, else a new one. */
export async function rememberedPort(dir: string, name: string): Promise<number> {
  const file = path.join(dir, "own-ports.json");
  const known = JSON.parse(await readFile(file, "utf8").catch(() => "{}")) as Record<string, number>;
  const port = (await free(known[name] ?? 0)) ?? (await free(0));
  if (port === null) throw new Error("No free port on 127.0.0.1.");
  await writeFile(file, JSON.stringify({ ...known, [name]: port }));
  return port;
}
