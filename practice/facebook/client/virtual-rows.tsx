import { useEffect, useRef, useState, type ReactNode } from "react";

const rowHeight = 170;
/** So many pixels above and below the screen are drawn too. */
const margin = 340;

interface Props {
  readonly count: number;
  readonly row: (index: number) => { readonly key: string; readonly content: ReactNode } | null;
  /** Called when the last rows come near; null when there are no more to be had. */
  readonly onNearEnd: (() => void) | null;
}

/** A long list of which only the rows near the screen are in the page. It follows the window's scrolling. */
export function VirtualRows({ count, row, onNearEnd }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [[first, last], setRange] = useState([0, 8]);
  const nearEnd = useRef(onNearEnd);
  nearEnd.current = onNearEnd;
  useEffect(() => {
    const look = () => {
      const above = -(box.current?.getBoundingClientRect().top ?? 0);
      const from = Math.max(0, Math.floor((above - margin) / rowHeight));
      const to = Math.max(1, Math.ceil((above + innerHeight + margin) / rowHeight));
      setRange(([a, b]) => (a === from && b === to ? [a, b] : [from, to]));
      if (to >= count) nearEnd.current?.();
    };
    look();
    addEventListener("scroll", look, { passive: true });
    addEventListener("resize", look);
    return () => {
      removeEventListener("scroll", look);
      removeEventListener("resize", look);
    };
  }, [count]);
  const drawn = Array.from(
    { length: Math.max(0, Math.min(last, count) - first) },
    (_, index) => first + index,
  );
  return (
    <div ref={box} style={{ position: "relative", height: count * rowHeight }}>
      {drawn.map((index) => {
        const shown = row(index);
        return shown ? (
          <div
            key={shown.key}
            style={{ position: "absolute", left: 0, right: 0, height: rowHeight, top: index * rowHeight }}
          >
            {shown.content}
          </div>
        ) : null;
      })}
    </div>
  );
}
