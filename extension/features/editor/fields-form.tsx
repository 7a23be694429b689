import type { ReactNode } from "react";
import type { Item } from "#core/item/item.ts";
import { CHANNEL_IDS, MARKETPLACES } from "#marketplaces/index.ts";
import { text } from "#extension/ui/messages.ts";
import { EarlierValues } from "./earlier-values.tsx";
import { FieldControl } from "./field-control.tsx";
import { keyOf, type ShownField } from "./spots.ts";
import type { Draft } from "./use-draft.ts";
import { words } from "./words.ts";

const PARTS: { title: string | null; rows: ShownField[][] }[] = [
  { title: null, rows: [["title"], ["description"], ["price", "quantity"], ["condition", "category"]] },
  { title: words.details, rows: [["brand", "size", "material"], ["colors"], ["tags"]] },
  { title: words.shippingPart, rows: [["shippingProfile", "weightGrams"], ["dimensionsMm"], ["location"]] },
  { title: words.yours, rows: [["sku", "cost"], ["labels"], ["notes"]] },
];

/** The tightest title limit of all sites, told while typing. */
const titleLimit = Math.min(
  ...CHANNEL_IDS.flatMap((id) => {
    const rule = MARKETPLACES[id].fields.title;
    return rule.kind === "supported" && rule.maxLength ? [rule.maxLength] : [];
  }),
);

const Row = ({ children, many }: { children: ReactNode; many: number }) => (
  <div className={many === 1 ? "" : many === 2 ? "grid gap-3 sm:grid-cols-2" : "grid gap-3 sm:grid-cols-3"}>
    {children}
  </div>
);

export function FieldsForm({ item, draft }: { item: Item; draft: Draft }) {
  const firstProblem = (field: string): string | undefined =>
    CHANNEL_IDS.flatMap((id) => MARKETPLACES[id].problemsOf(item)).find(
      (p) => p.field === field && p.severity === "error",
    )?.message;
  const hintOf = (field: ShownField) =>
    field === "title" && Number.isFinite(titleLimit)
      ? words.limit(String(draft.show(keyOf({ channel: null, field, part: null }))).length, titleLimit)
      : undefined;
  return (
    <div className="flex flex-col gap-6">
      <EarlierValues item={item} draft={draft} />
      {PARTS.map((part, i) => (
        <section
          key={part.title ?? i}
          aria-label={part.title ?? text.fields["title"]}
          className="flex flex-col gap-3"
        >
          {part.title ? <h2 className="border-t border-line pt-4 font-semibold">{part.title}</h2> : null}
          {part.rows.map((row) => (
            <Row key={row.join()} many={row.length}>
              {row.map((field) => (
                <FieldControl
                  key={field}
                  draft={draft}
                  channel={null}
                  field={field}
                  warning={firstProblem(field)}
                  hint={hintOf(field)}
                />
              ))}
            </Row>
          ))}
        </section>
      ))}
    </div>
  );
}
