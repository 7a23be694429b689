/** The machine a figure was measured on, and how much of it the run really had. */
import { readFile } from "node:fs/promises";
import { availableParallelism, totalmem } from "node:os";
import { round } from "./bench.ts";

export type Machine = {
  cores: number;
  memoryGiB: number;
  /** Share of the CPU time that other machines on the same host took while this one wanted to work; null off Linux. */
  stolen: number | null;
};

/** Fields of the `cpu` line of /proc/stat, in ticks: user nice system idle iowait irq softirq steal (man 5 proc_stat). */
const cpuTicks = async (): Promise<number[] | null> => {
  const stat = await readFile("/proc/stat", "utf8").catch(() => null);
  return stat?.split("\n")[0]?.trim().split(/\s+/).slice(1, 9).map(Number) ?? null;
};

/** Starts watching; the answer is read at the end of the run. */
export const watchMachine = async (): Promise<() => Promise<Machine>> => {
  const before = await cpuTicks();
  return async () => {
    const after = await cpuTicks();
    const spent = before && after ? after.map((ticks, field) => ticks - before[field]!) : null;
    const [idle, waiting, steal] = spent ? [spent[3]!, spent[4]!, spent[7]!] : [0, 0, 0];
    const wanted = spent ? spent.reduce((sum, ticks) => sum + ticks, 0) - idle - waiting : 0;
    return {
      cores: availableParallelism(),
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      stolen: wanted > 0 ? round(steal / wanted) : null,
    };
  };
};
