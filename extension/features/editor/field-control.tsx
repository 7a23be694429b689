/** One item field as its control. The same for the item and for what differs on one site. */
import type { ChangeEvent, FocusEvent } from "react";
import { CATEGORY_IDS, categoryPath } from "#core/item/categories.ts";
import { CONDITIONS } from "#core/item/item.ts";
import { itemFor, type ChannelId } from "#core/marketplace/marketplace.ts";
import { SelectField, TextAreaField, TextField, type Option } from "#extension/ui/field.tsx";
import { text } from "#extension/ui/messages.ts";
import { ColorsField } from "./colors-field.tsx";
import { keyOf, partsOf, type ShownField } from "./spots.ts";
import type { Draft } from "./use-draft.ts";
import { words } from "./words.ts";

type Props = {
  draft: Draft;
  channel: ChannelId | null;
  field: ShownField;
  warning?: string | undefined;
  hint?: string | undefined;
};

const OPTIONS: Partial<Record<ShownField, Option[]>> = {
  category: [
    { value: "", label: words.none },
    ...CATEGORY_IDS.map((id) => ({ value: id, label: categoryPath(id) })),
  ],
  condition: [
    { value: "", label: words.none },
    ...CONDITIONS.map((id) => ({ value: id, label: text.conditions[id] })),
  ],
  shippingProfile: Object.entries(text.shipping).map(([value, label]) => ({ value, label })),
};

const HINTS: Partial<Record<ShownField, string>> = {
  notes: words.notesHint,
  cost: words.costHint,
  weightGrams: words.weightHint,
  tags: words.tagsHint,
  labels: words.tagsHint,
};

const NUMERIC: Partial<Record<ShownField, "decimal" | "numeric">> = {
  price: "decimal",
  cost: "decimal",
  quantity: "numeric",
};

/** What every text control is given: it shows what is typed, and says when the person comes and goes. */
const typing = (draft: Draft, key: string) => ({
  value: String(draft.show(key) ?? ""),
  error: draft.wrong(key),
  onChange: (e: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => draft.type(key, e.target.value),
  onFocus: (_: FocusEvent) => draft.hold(key),
  onBlur: (_: FocusEvent) => draft.letGo(key),
});

function MoneyField({ currency, ...rest }: { currency: string } & Parameters<typeof TextField>[0]) {
  return (
    <div className="relative">
      <TextField {...rest} />
      <span aria-hidden className="pointer-events-none absolute top-8 right-3 text-sm text-ink-3">
        {currency}
      </span>
    </div>
  );
}

/** Several small boxes in a row, one field together. */
function PartFields({ draft, channel, field, warning }: Props) {
  const parts = partsOf(field);
  return (
    <div className={parts.length === 2 ? "grid grid-cols-2 gap-3" : "grid grid-cols-3 gap-2"}>
      {parts.map((part, i) => (
        <TextField
          key={part}
          {...typing(draft, keyOf({ channel, field, part }))}
          label={words.parts[part ?? ""] ?? ""}
          autoComplete="off"
          inputMode={NUMERIC[field]}
          warning={i === 0 ? warning : undefined}
        />
      ))}
    </div>
  );
}

export function FieldControl({ draft, channel, field, warning, hint = HINTS[field] }: Props) {
  const key = keyOf({ channel, field, part: null });
  const wiring = { label: text.fields[field] ?? field, warning, hint, error: draft.wrong(key) };
  const { item } = draft;
  switch (field) {
    case "description":
    case "notes":
      return <TextAreaField {...wiring} rows={field === "notes" ? 3 : 7} {...typing(draft, key)} />;
    case "condition":
    case "category":
    case "shippingProfile":
      return (
        <SelectField
          {...wiring}
          options={OPTIONS[field] ?? []}
          value={String(draft.show(key) ?? "")}
          onChange={(e) => draft.choose(key, e.target.value || null)}
        />
      );
    case "price":
    case "cost": {
      const own = item && channel ? itemFor(item, channel) : item;
      const currency = own?.[field]?.currency ?? own?.price.currency ?? "USD";
      return (
        <MoneyField
          {...wiring}
          {...typing(draft, key)}
          currency={currency}
          inputMode="decimal"
          className="tabular"
        />
      );
    }
    case "colors":
      return (
        <ColorsField
          {...wiring}
          value={draft.show(key) as readonly string[]}
          onChange={(value) => draft.choose(key, value)}
        />
      );
    case "dimensionsMm":
    case "location":
      return <PartFields draft={draft} channel={channel} field={field} warning={warning} />;
    default:
      return <TextField {...wiring} {...typing(draft, key)} inputMode={NUMERIC[field]} />;
  }
}
