import { useEffect, useState } from "react";
import { categories, localOnlyCategories } from "../options.ts";
import { query } from "./api.ts";
import { ChoiceField } from "./parts.tsx";

interface Props {
  readonly value: string;
  readonly title: string;
  readonly description: string;
  readonly disabled: boolean;
  readonly error: string | null;
  readonly onChange: (value: string) => void;
}

const rows = categories.map((name) => ({
  name,
  note: localOnlyCategories.includes(name) ? undefined : "Shipping available",
}));

/** The category, with the chips that are suggested a beat after title and description are there. */
export function CategoryField({ value, title, description, disabled, error, onChange }: Props) {
  const [chips, setChips] = useState<readonly string[]>([]);
  const text = title.trim() && description.trim() ? `${title} ${description}` : "";
  useEffect(() => {
    if (!text || disabled) return setChips([]);
    let current = true;
    const timer = setTimeout(() => {
      void query<{ categories: string[] }>("MarketplaceCategorySuggestionsQuery", { text }).then(
        (answer) => current && setChips(answer.categories),
        () => current && setChips([]),
      );
    }, 200);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [text, disabled]);
  return (
    <>
      <ChoiceField
        label="Category"
        value={value}
        rows={rows}
        disabled={disabled}
        error={error}
        onChange={onChange}
      />
      {chips.length && !value ? (
        <div className="chips">
          <span className="help">Suggested</span>
          {chips.map((chip) => (
            <div key={chip} role="button" tabIndex={0} className="chip" onClick={() => onChange(chip)}>
              {chip}
            </div>
          ))}
        </div>
      ) : null}
    </>
  );
}
