/** A label, its control, a hint and its problem, tied together for people and for screen readers. */
import { useEffect, useId, useRef, type ComponentProps, type ReactNode } from "react";
import { classNames } from "./class-names.ts";

type FieldProps = {
  label: string;
  hint?: ReactNode;
  error?: ReactNode;
  warning?: ReactNode;
  optional?: boolean;
  className?: string;
};
type Wiring = { id: string; "aria-describedby"?: string; "aria-invalid"?: boolean };

/** For controls of our own making: gives the ids to wire. */
export function Field({
  label,
  hint,
  error,
  warning,
  className,
  children,
}: FieldProps & { children: (w: Wiring) => ReactNode }) {
  const id = useId();
  const whole = useRef<HTMLDivElement>(null);
  const note = error ?? warning ?? hint;
  const isWrong = Boolean(error);
  useEffect(() => {
    // Said under the control in hand, perhaps below what shows.
    if (isWrong && whole.current?.contains(document.activeElement))
      whole.current.scrollIntoView({ block: "nearest" });
  }, [isWrong]);
  return (
    <div ref={whole} className={classNames("flex min-w-0 flex-col gap-1", className)}>
      <label htmlFor={id} className="text-sm font-medium text-ink-2">
        {label}
      </label>
      {children({
        id,
        ...(note ? { "aria-describedby": `${id}-note` } : {}),
        ...(error ? { "aria-invalid": true } : {}),
      })}
      {note ? (
        <div
          id={`${id}-note`}
          className={classNames("text-sm", error ? "text-failed" : warning ? "text-attention" : "text-ink-3")}
        >
          {note}
        </div>
      ) : null}
    </div>
  );
}

export function TextField({
  label,
  hint,
  error,
  warning,
  className,
  ...rest
}: FieldProps & ComponentProps<"input">) {
  return (
    <Field {...{ label, hint, error, warning, className }}>
      {(w) => <input {...rest} {...w} className="control" />}
    </Field>
  );
}

export function TextAreaField({
  label,
  hint,
  error,
  warning,
  className,
  ...rest
}: FieldProps & ComponentProps<"textarea">) {
  return (
    <Field {...{ label, hint, error, warning, className }}>
      {(w) => <textarea rows={6} {...rest} {...w} className="control resize-y" />}
    </Field>
  );
}

export type Option = { value: string; label: string };

export function SelectField({
  label,
  hint,
  error,
  warning,
  className,
  options,
  ...rest
}: FieldProps & ComponentProps<"select"> & { options: Option[] }) {
  return (
    <Field {...{ label, hint, error, warning, className }}>
      {(w) => (
        <select {...rest} {...w} className="control">
          {options.map((o) => (
            <option key={o.value} value={o.value}>
              {o.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** A checkbox with its words. */
export function CheckField({
  label,
  hint,
  className,
  ...rest
}: { label: ReactNode; hint?: ReactNode; className?: string } & ComponentProps<"input">) {
  const id = useId();
  return (
    <div className={classNames("flex items-start gap-2", className)}>
      <input
        {...rest}
        id={id}
        type="checkbox"
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="mt-0.5 size-4 shrink-0 accent-accent"
      />
      <div className="min-w-0">
        <label htmlFor={id} className="block">
          {label}
        </label>
        {hint ? (
          <div id={`${id}-hint`} className="text-sm text-ink-3">
            {hint}
          </div>
        ) : null}
      </div>
    </div>
  );
}

/** A few choices side by side, as radios. */
export function Choice<V extends string>({
  label,
  name,
  value,
  onChange,
  options,
}: {
  label: string;
  name: string;
  value: V;
  onChange: (value: V) => void;
  options: { value: V; label: string; hint?: string; disabled?: boolean }[];
}) {
  return (
    <fieldset role="radiogroup" aria-label={label} className="flex min-w-0 flex-col gap-1">
      <legend className="mb-1 text-sm font-medium text-ink-2">{label}</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {options.map((o) => (
          <label
            key={o.value}
            className={classNames(
              "flex gap-2 rounded border p-3",
              value === o.value ? "border-accent bg-accent-soft" : "border-line bg-surface hover:bg-sunken",
              o.disabled && "opacity-60",
            )}
          >
            <input
              type="radio"
              name={name}
              className="mt-0.5 size-4 shrink-0 accent-accent"
              aria-label={o.label}
              aria-describedby={o.hint ? `${name}-${o.value}` : undefined}
              checked={value === o.value}
              disabled={o.disabled}
              onChange={() => onChange(o.value)}
            />
            <span className="min-w-0">
              <span className="block font-medium">{o.label}</span>
              {o.hint ? (
                <span id={`${name}-${o.value}`} className="block text-sm text-ink-2">
                  {o.hint}
                </span>
              ) : null}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
