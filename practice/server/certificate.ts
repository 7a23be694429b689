import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { generate } from "selfsigned";
import { hosts } from "../sites.ts";

/** A self-signed certificate for every practice host, made once per folder. */
export async function certificateIn(dir: string): Promise<{ key: string; cert: string }> {
  const path = join(dir, "tls.json");
  try {
    const kept = JSON.parse(await readFile(path, "utf8")) as { key: string; cert: string; hosts: string };
    if (kept.hosts === Object.keys(hosts).join()) return kept;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const notAfterDate = new Date();
  notAfterDate.setFullYear(notAfterDate.getFullYear() + 2);
  const made = await generate([{ name: "commonName", value: "Practice marketplaces" }], {
    keyType: "ec",
    algorithm: "sha256",
    notAfterDate,
    extensions: [
      { name: "subjectAltName", altNames: Object.keys(hosts).map((value) => ({ type: 2, value })) },
    ],
  });
  await mkdir(dir, { recursive: true });
  await writeFile(
    path,
    JSON.stringify({ key: made.private, cert: made.cert, hosts: Object.keys(hosts).join() }),
    { mode: 0o600 },
  );
  return { key: made.private, cert: made.cert };
}
