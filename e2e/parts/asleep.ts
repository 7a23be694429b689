/** Every process of a browser stopped at once and let go later, as a laptop's lid does: clocks go on, nothing else does. */
import { readdir, readFile } from "node:fs/promises";

/** The leader of the group its processes are in. */
const leaderOf = async (profile: string): Promise<number> => {
  for (const name of await readdir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const told = await readFile(`/proc/${name}/cmdline`, "utf8").catch(() => ""); // gone meanwhile
    const args = told.split("\0");
    if (args.includes(`--user-data-dir=${profile}`) && !told.includes("--type=")) return Number(name);
  }
  throw new Error("No browser runs with this profile.");
};

export const asleep = async (profile: string, ms: number, meanwhile: () => Promise<void>): Promise<void> => {
  const group = -(await leaderOf(profile));
  process.kill(group, "SIGSTOP");
  try {
    await meanwhile();
    // How long it sleeps is what is tried here.
    await new Promise((resolve) => setTimeout(resolve, ms));
  } finally {
    process.kill(group, "SIGCONT");
  }
};
