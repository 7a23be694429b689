import { useCallback, useState } from "react";
import { sentenceOf } from "./notices.tsx";

/** Runs one thing at a time: busy while it runs, and the sentence to show when it failed. */
export const useAction = () => {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const run = useCallback(async (action: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setError(null);
    try {
      await action();
      return true;
    } catch (cause) {
      setError(sentenceOf(cause));
      return false;
    } finally {
      setBusy(false);
    }
  }, []);
  return { busy, error, run, setError };
};
