/** One item field as its control. The same for the item and for what differs on one site. */
import { CATEGORY_IDS, categoryPath } from "#core/item/categories.ts";
import { COLORS, CONDITIONS, type Color, type ItemFields } from "#core/item/item.ts";
import { classNames } from "#extension/ui/class-names.ts";
import { chipLook } from "#extension/ui/filter-chips.tsx";
import { Field, SelectField, TextAreaField, TextField } from "#extension/ui/field.tsx";
import { text } from "#extension/ui/messages.ts";
import { AmountField, MoneyField, SizeFields, PlaceFields, TagsField } from "./field-inputs.tsx";
import { words } from "./words.ts";

export type ShownField = Exclude<keyof ItemFields, "overrides">;
type Props<F extends ShownField = ShownField> = {
  field: F;
  value: ItemFields[F];
  onChange: (value: ItemFields[F]) => void;
  onBlur?: () => void;
  error?: string | undefined;
  warning?: string | undefined;
  hint?: string | undefined;
};

/** What a colour's name looks like; "multicolor" and "clear" as one draws them. */
const SWATCHES: Record<Color, string> = {
  beige: "#e5d5b8", black: "#1b1c1e", blue: "#2f62d9", brown: "#7b4f2d", gold: "#d4a93a", gray: "#8b9097", green: "#2f8f4e",
  orange: "#ee8430", pink: "#ee86b0", purple: "#7c4dbd", red: "#cf3030", silver: "#c5cad0", white: "#ffffff", yellow: "#f3d33c",
  clear: "linear-gradient(135deg, #fff 45%, #cf3030 45% 55%, #fff 55%)",
  multicolor: "conic-gradient(#cf3030, #f3d33c, #2f8f4e, #2f62d9, #7c4dbd, #cf3030)",
}; // prettier-ignore

const CATEGORY_OPTIONS = [
  { value: "", label: words.none },
  ...CATEGORY_IDS.map((id) => ({ value: id, label: categoryPath(id) })),
];
const CONDITION_OPTIONS = [
  { value: "", label: words.none },
  ...CONDITIONS.map((id) => ({ value: id, label: text.conditions[id] })),
];
const SHIPPING_OPTIONS = Object.entries(text.shipping).map(([value, label]) => ({ value, label }));

function ColorsField({
  value,
  onChange,
  ...wiring
}: {
  label: string;
  value: Color[];
  onChange: (v: Color[]) => void;
  error?: string | undefined;
  warning?: string | undefined;
  hint?: string | undefined;
}) {
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

export function FieldControl<F extends ShownField>({ field, value, onChange, ...rest }: Props<F>) {
  const label = text.fields[field] ?? field;
  const wiring = { label, ...rest };
  const give = (next: unknown) => onChange(next as ItemFields[F]);
  switch (field) {
    case "description":
    case "notes":
      return (
        <TextAreaField
          {...wiring}
          rows={field === "notes" ? 3 : 7}
          hint={rest.hint ?? (field === "notes" ? words.notesHint : undefined)}
          value={value as string}
          onChange={(e) => give(e.target.value)}
        />
      );
    case "condition":
      return (
        <SelectField
          {...wiring}
          options={CONDITION_OPTIONS}
          value={(value as string | null) ?? ""}
          onChange={(e) => give(e.target.value || null)}
        />
      );
    case "category":
      return (
        <SelectField
          {...wiring}
          options={CATEGORY_OPTIONS}
          value={(value as string | null) ?? ""}
          onChange={(e) => give(e.target.value || null)}
        />
      );
    case "shippingProfile":
      return (
        <SelectField
          {...wiring}
          options={SHIPPING_OPTIONS}
          value={value as string}
          onChange={(e) => give(e.target.value)}
        />
      );
    case "price":
      return <MoneyField {...wiring} value={value as ItemFields["price"]} onChange={give} />;
    case "cost":
      return (
        <MoneyField
          {...wiring}
          hint={rest.hint ?? words.costHint}
          optional
          value={value as ItemFields["cost"]}
          onChange={give}
        />
      );
    case "quantity":
      return <AmountField {...wiring} value={value as number} onChange={give} />;
    case "weightGrams":
      return (
        <AmountField
          {...wiring}
          hint={rest.hint ?? words.weightHint}
          optional
          value={value as number | null}
          onChange={give}
        />
      );
    case "colors":
      return <ColorsField {...wiring} value={value as Color[]} onChange={give} />;
    case "tags":
    case "labels":
      return (
        <TagsField {...wiring} hint={rest.hint ?? words.tagsHint} value={value as string[]} onChange={give} />
      );
    case "dimensionsMm":
      return <SizeFields value={value as ItemFields["dimensionsMm"]} onChange={give} />;
    case "location":
      return <PlaceFields {...wiring} value={value as ItemFields["location"]} onChange={give} />;
    default:
      return <TextField {...wiring} value={value as string} onChange={(e) => give(e.target.value)} />;
  }
}
