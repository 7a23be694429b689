/** Fields whose text is not their value: what is typed stays as typed, the value follows when it makes sense. */
import { useEffect, useState } from "react";
import type { ItemFields, ItemLocation, Money } from "#core/item/item.ts";
import { moneyText, parseMoney } from "#extension/ui/format.ts";
import { TextField } from "#extension/ui/field.tsx";
import { words } from "./words.ts";

type Common<T> = {
  label: string;
  value: T;
  onChange: (value: T) => void;
  onBlur?: () => void;
  error?: string | undefined;
  warning?: string | undefined;
  hint?: string | undefined;
  optional?: boolean;
};

/** Keeps what is typed until the value changes from elsewhere. */
function useTyped<T>(
  value: T,
  textOf: (value: T) => string,
  parse: (typed: string) => T | undefined,
  onChange: (value: T) => void,
) {
  const [typed, setTyped] = useState(() => textOf(value));
  const [wrong, setWrong] = useState(false);
  useEffect(() => {
    const same = JSON.stringify(parse(typed)) === JSON.stringify(value);
    if (!same && !wrong) setTyped(textOf(value));
  }, [JSON.stringify(value)]);
  const type = (next: string) => {
    setTyped(next);
    const parsed = parse(next);
    setWrong(parsed === undefined);
    if (parsed !== undefined) onChange(parsed);
  };
  return { typed, type, wrong };
}

export function MoneyField<T extends Money | null>({ value, onChange, optional, error, ...rest }: Common<T>) {
  const currency = value?.currency ?? "USD";
  const parse = (typed: string): T | undefined =>
    optional && typed.trim() === "" ? (null as T) : ((parseMoney(typed, currency) as T | null) ?? undefined);
  const { typed, type, wrong } = useTyped<T>(value, (v) => (v ? moneyText(v) : ""), parse, onChange);
  return (
    <div className="relative">
      <TextField
        {...rest}
        inputMode="decimal"
        className="tabular"
        error={wrong ? words.amountWrong : error}
        value={typed}
        onChange={(e) => type(e.target.value)}
      />
      <span aria-hidden className="pointer-events-none absolute top-8 right-3 text-sm text-ink-3">
        {currency}
      </span>
    </div>
  );
}

export function AmountField<T extends number | null>({
  value,
  onChange,
  optional,
  error,
  ...rest
}: Common<T>) {
  const parse = (typed: string): T | undefined => {
    const clean = typed.trim();
    if (optional && clean === "") return null as T;
    return /^\d{1,7}$/.test(clean) ? (Number(clean) as T) : undefined;
  };
  const { typed, type, wrong } = useTyped<T>(value, (v) => (v === null ? "" : String(v)), parse, onChange);
  return (
    <TextField
      {...rest}
      inputMode="numeric"
      error={wrong ? words.numberWrong : error}
      value={typed}
      onChange={(e) => type(e.target.value)}
    />
  );
}

export function TagsField({ value, onChange, ...rest }: Common<string[]>) {
  const parse = (typed: string) =>
    [
      ...new Set(
        typed
          .split(",")
          .map((t) => t.trim().slice(0, 40))
          .filter(Boolean),
      ),
    ].slice(0, 30);
  const { typed, type } = useTyped(value, (v) => v.join(", "), parse, onChange);
  return <TextField {...rest} value={typed} onChange={(e) => type(e.target.value)} />;
}

type Size = ItemFields["dimensionsMm"];
const PARTS = ["length", "width", "height"] as const;

export function SizeFields({ value, onChange }: { value: Size; onChange: (value: Size) => void }) {
  const [typed, setTyped] = useState(() => ({
    length: String(value?.length ?? ""),
    width: String(value?.width ?? ""),
    height: String(value?.height ?? ""),
  }));
  const type = (part: (typeof PARTS)[number], next: string) => {
    const all = { ...typed, [part]: next.replace(/\D/g, "").slice(0, 6) };
    setTyped(all);
    const [length, width, height] = PARTS.map((p) => Number(all[p]));
    if (PARTS.every((p) => all[p] === "")) onChange(null);
    else if (length && width && height) onChange({ length, width, height });
  };
  return (
    <div className="grid grid-cols-3 gap-2">
      {PARTS.map((part) => (
        <TextField
          key={part}
          label={words.sizeParts[part]}
          inputMode="numeric"
          value={typed[part]}
          onChange={(e) => type(part, e.target.value)}
        />
      ))}
    </div>
  );
}

export function PlaceFields({ value, onChange, error, warning }: Common<ItemLocation | null>) {
  const [zip, setZip] = useState(value?.postalCode ?? "");
  const [city, setCity] = useState(value?.city ?? "");
  const give = (postalCode: string, town: string) => {
    if (postalCode.trim() === "") onChange(null);
    else if (postalCode.trim().length >= 3)
      onChange({ country: value?.country ?? "US", postalCode: postalCode.trim(), city: town });
  };
  return (
    <div className="grid grid-cols-2 gap-3">
      <TextField
        label={words.postalCode}
        autoComplete="off"
        error={error}
        warning={warning}
        maxLength={12}
        value={zip}
        onChange={(e) => {
          setZip(e.target.value);
          give(e.target.value, city);
        }}
      />
      <TextField
        label={words.city}
        autoComplete="off"
        maxLength={80}
        value={city}
        onChange={(e) => {
          setCity(e.target.value);
          give(zip, e.target.value);
        }}
      />
    </div>
  );
}
