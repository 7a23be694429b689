import { classNames } from "./class-names.ts";

const LOOK = "h-7 shrink-0 rounded-full border px-3 text-sm whitespace-nowrap transition-colors duration-100";

/** The look of a chip, pressed or not. */
export const chipLook = (pressed: boolean): string =>
  classNames(
    LOOK,
    pressed
      ? "border-accent bg-accent-soft font-medium text-accent"
      : "border-line bg-surface text-ink-2 hover:bg-sunken hover:text-ink",
  );

/** One of a few filters, in one line: where there is no room the line scrolls. */
export function FilterChips<V extends string>({
  label,
  value,
  onChange,
  options,
}: {
  label: string;
  value: V;
  onChange: (value: V) => void;
  options: { value: V; label: string; count?: number }[];
}) {
  return (
    <div
      role="group"
      aria-label={label}
      className="-m-1 flex min-w-0 gap-1 overflow-x-auto p-1 [scrollbar-width:none]"
    >
      {options.map((o) => (
        <button
          key={o.value}
          type="button"
          aria-pressed={o.value === value}
          onClick={() => onChange(o.value)}
          className={chipLook(o.value === value)}
        >
          {o.label}
          {o.count === undefined ? null : <span className="tabular ml-1.5">{o.count}</span>}
        </button>
      ))}
    </div>
  );
}
