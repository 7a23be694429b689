import { useEffect, useState } from "react";
import { formatExact, formatRelative } from "./format.ts";

/** Relative time, exact on hover; turns over once a minute. */
export function TimeAgo({ iso }: { iso: string }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={iso} title={formatExact(iso)} className="tabular whitespace-nowrap">
      {formatRelative(iso, now)}
    </time>
  );
}
