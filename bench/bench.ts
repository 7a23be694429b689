/** What every bench gives back. Figures are numbers; a goal says which way and how far. */
export type Goal = { op: "<=" | ">=" | "<" | "="; value: number };
export type BenchResult = {
  figures: Record<string, number>;
  goals: Record<string, Goal>;
  /** Lines a person can read. */
  table: string[];
};
/** For benches that play runs by seed. */
export type BenchOptions = {
  runs?: number;
  /** The first seed. */
  from?: number;
  /** Figures are added to those in this file, so that many runs can be played in several goes. */
  addTo?: string;
};
export type Bench = {
  about: string;
  run(say: (text: string) => void, options: BenchOptions): Promise<BenchResult>;
};

export const isMet = (figure: number | undefined, { op, value }: Goal): boolean => {
  if (figure === undefined || Number.isNaN(figure)) return false;
  return op === "<="
    ? figure <= value
    : op === ">="
      ? figure >= value
      : op === "<"
        ? figure < value
        : figure === value;
};

export const median = (values: readonly number[]): number => percentile(values, 50);

/** Nearest-rank percentile. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (
    sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil((p / 100) * sorted.length) - 1))] ?? Number.NaN
  );
}

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits));
