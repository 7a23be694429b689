/** One item field as its control. The same for the item and for what differs on one site. */
import { CATEGORY_IDS, categoryPath } from "#core/item/categories.ts";
import { COLORS, CONDITIONS, type Color, type ItemFields } from "#core/item/item.ts";
import { classNames } from "#extension/ui/class-names.ts";
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
                "h-7 rounded-full border px-2.5 text-sm",
                value.includes(color)
                  ? "border-accent bg-accent-soft text-accent"
                  : "border-line text-ink-2 hover:bg-sunken",
              )}
            >
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
