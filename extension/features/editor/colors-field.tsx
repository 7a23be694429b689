import { COLORS, type Color } from "#core/item/item.ts";
import { classNames } from "#extension/ui/class-names.ts";
import { Field } from "#extension/ui/field.tsx";
import { chipLook } from "#extension/ui/filter-chips.tsx";
import { words } from "./words.ts";

/** What a colour's name looks like; "multicolor" and "clear" as one draws them. */
const SWATCHES: Record<Color, string> = {
  beige: "#e5d5b8",
  black: "#1b1c1e",
  blue: "#2f62d9",
  brown: "#7b4f2d",
  gold: "#d4a93a",
  gray: "#8b9097",
  green: "#2f8f4e",
  orange: "#ee8430",
  pink: "#ee86b0",
  purple: "#7c4dbd",
  red: "#cf3030",
  silver: "#c5cad0",
  white: "#ffffff",
  yellow: "#f3d33c",
  clear: "linear-gradient(135deg, #fff 45%, #cf3030 45% 55%, #fff 55%)",
  multicolor: "conic-gradient(#cf3030, #f3d33c, #2f8f4e, #2f62d9, #7c4dbd, #cf3030)",
};

type Props = {
  label: string;
  value: readonly string[];
  onChange: (value: readonly string[]) => void;
  error?: string | undefined;
  warning?: string | undefined;
  hint?: string | undefined;
};

export function ColorsField({ value, onChange, ...wiring }: Props) {
  const toggle = (color: Color) =>
    onChange(value.includes(color) ? value.filter((c) => c !== color) : [...value, color].slice(-3));
  return (
    <Field {...wiring} hint={wiring.hint ?? words.colorsHint}>
      {(w) => (
        <div
          id={w.id}
          role="group"
          aria-label={wiring.label}
          aria-describedby={w["aria-describedby"]}
          className="flex flex-wrap gap-1"
        >
          {COLORS.map((color) => (
            <button
              key={color}
              type="button"
              aria-pressed={value.includes(color)}
              onClick={() => toggle(color)}
              className={classNames(
                chipLook(value.includes(color)),
                "inline-flex items-center gap-1.5 pl-2 capitalize",
              )}
            >
              <span
                aria-hidden
                className="size-3 rounded-full border border-line-strong"
                style={{ background: SWATCHES[color] }}
              />
              {color}
            </button>
          ))}
        </div>
      )}
    </Field>
  );
}
