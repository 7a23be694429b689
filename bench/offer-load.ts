/** An open-loop load: requests are sent when they are due, whether or not earlier ones were answered. */

export type Load = {
  /** Milliseconds from when each answered request was due, successes and failures alike. */
  times: number[];
  failed: number;
};

/** @param send resolves with whether the request succeeded. */
export const offerLoad = async (
  send: (n: number) => Promise<boolean>,
  { perSecond, seconds }: { perSecond: number; seconds: number },
): Promise<Load> => {
  const total = perSecond * seconds;
  const load: Load = { times: [], failed: 0 };
  const began = performance.now();
  const one = async (n: number): Promise<void> => {
    const due = began + (n * 1000) / perSecond;
    const ok = await send(n);
    load.times.push(performance.now() - due);
    if (!ok) load.failed += 1;
  };
  const open: Promise<void>[] = [];
  await new Promise<void>((sent) => {
    const sendDue = (): void => {
      while (open.length < total && began + (open.length * 1000) / perSecond <= performance.now())
        open.push(one(open.length));
      if (open.length === total) return sent();
      setTimeout(sendDue, Math.max(0, began + (open.length * 1000) / perSecond - performance.now()));
    };
    sendDue();
  });
  await Promise.all(open);
  return load;
};
