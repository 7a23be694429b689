/** The few parts every Facebook form is made of. None carries an id, a name or a test id. */
import { useEffect, useState, type KeyboardEvent, type ReactNode } from "react";
import { createPortal } from "react-dom";

interface PressProps {
  readonly label: string;
  readonly kind?: "primary" | "secondary" | "plain";
  readonly disabled?: boolean;
  readonly children?: ReactNode;
  readonly onPress: () => void;
}

/** A button as the site makes them: a div. */
export function Press({ label, kind = "secondary", disabled = false, children, onPress }: PressProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      if (!disabled) onPress();
    }
  };
  return (
    <div
      role="button"
      tabIndex={disabled ? -1 : 0}
      aria-label={label}
      aria-disabled={disabled || undefined}
      className={`press press-${kind} ${disabled ? "press-off" : ""}`}
      onClick={disabled ? undefined : onPress}
      onKeyDown={onKeyDown}
    >
      {children ?? <span className="press-text">{label}</span>}
    </div>
  );
}

interface TextProps {
  readonly label: string;
  readonly value: string;
  readonly help?: string;
  readonly disabled?: boolean;
  readonly multiline?: boolean;
  readonly maxLength?: number;
  readonly onChange: (value: string) => void;
  readonly onEnter?: () => void;
}

/** A text field: the label element holds its name on the first line, and the input. */
export function TextField({
  label,
  value,
  help,
  disabled,
  multiline,
  maxLength,
  onChange,
  onEnter,
}: TextProps) {
  const shared = {
    className: multiline ? "control control-tall" : "control",
    dir: "ltr",
    value,
    disabled,
    maxLength,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === "Enter" && onEnter) {
        event.preventDefault();
        onEnter();
      }
    },
  };
  return (
    <div className="field">
      <label className={disabled ? "box box-off" : "box"}>
        <div className="box-inner">
          <span className="box-name">{label}</span>
          {multiline ? <textarea {...shared} rows={4} /> : <input type="text" {...shared} />}
        </div>
      </label>
      {help ? <div className="help">{help}</div> : null}
    </div>
  );
}

interface DialogProps {
  readonly label: string;
  readonly onClose?: () => void;
  readonly children: ReactNode;
}

/** A dialog fades in over an animation frame; without frames it is never mounted. */
export function Dialog({ label, onClose, children }: DialogProps) {
  const [mounted, setMounted] = useState(false);
  useEffect(() => {
    const frame = requestAnimationFrame(() => setMounted(true));
    return () => cancelAnimationFrame(frame);
  }, []);
  if (!mounted) return null;
  return createPortal(
    <div className="veil">
      <div role="dialog" aria-label={label} className="dialog">
        <div className="dialog-head">
          <h2>{label}</h2>
          {onClose ? (
            <Press label="Close" kind="plain" onPress={onClose}>
              <i className="cross">✕</i>
            </Press>
          ) : null}
        </div>
        <div className="dialog-body">{children}</div>
      </div>
    </div>,
    document.body,
  );
}

export interface Row {
  readonly name: string;
  readonly note?: string | undefined;
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly rows: readonly Row[];
  readonly disabled?: boolean;
  readonly error?: string | null;
  /** How long after it became usable the field starts to react. */
  readonly wakesAfterMs?: number;
  readonly onChange: (value: string) => void;
}

/** A choice field: a label that opens a dialog of rows. Once chosen it reads "Name\nvalue". */
export function ChoiceField({
  label,
  value,
  rows,
  disabled = false,
  error,
  wakesAfterMs = 0,
  onChange,
}: ChoiceProps) {
  const [open, setOpen] = useState(false);
  const [awake, setAwake] = useState(wakesAfterMs === 0);
  useEffect(() => {
    if (disabled || wakesAfterMs === 0) return;
    const timer = setTimeout(() => setAwake(true), wakesAfterMs);
    return () => clearTimeout(timer);
  }, [disabled, wakesAfterMs]);
  const show = () => {
    if (!disabled && awake) setOpen(true);
  };
  return (
    <div className="field">
      <label
        role="combobox"
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-disabled={disabled || undefined}
        tabIndex={disabled ? -1 : 0}
        className={disabled ? "box box-off" : error ? "box box-wrong" : "box"}
        onClick={show}
        onKeyDown={(event) => {
          if (event.key === "Enter" || event.key === " ") {
            event.preventDefault();
            show();
          }
        }}
      >
        <div className="box-inner">
          <span className={value ? "box-name" : "box-name box-name-large"}>{label}</span>
          {value ? <div className="box-value">{value}</div> : null}
        </div>
        <i className="caret">▾</i>
      </label>
      {error ? <div className="wrong">{error}</div> : null}
      {open ? (
        <Dialog label={label} onClose={() => setOpen(false)}>
          <div className="dialog-rows">
            {rows.map(({ name, note }) => (
              <div
                key={name}
                role="button"
                tabIndex={0}
                className={name === value ? "row row-on" : "row"}
                onClick={() => {
                  onChange(name);
                  setOpen(false);
                }}
              >
                <div className="row-name">{name}</div>
                {note ? <div className="row-note">{note}</div> : null}
              </div>
            ))}
          </div>
        </Dialog>
      ) : null}
    </div>
  );
}

interface SwitchProps {
  readonly label: string;
  readonly help?: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

export const Switch = ({ label, help, on, onChange }: SwitchProps) => (
  <div className="field switch-row">
    <div>
      <div className="switch-name">{label}</div>
      {help ? <div className="help">{help}</div> : null}
    </div>
    <input
      type="checkbox"
      role="switch"
      aria-label={label}
      aria-checked={on}
      checked={on}
      className="switch"
      onChange={(event) => onChange(event.target.checked)}
    />
  </div>
);

export const Check = ({
  label,
  on,
  onChange,
}: {
  label: string;
  on: boolean;
  onChange: (on: boolean) => void;
}) => (
  <label className="check">
    <span>{label}</span>
    <input type="checkbox" checked={on} onChange={(event) => onChange(event.target.checked)} />
  </label>
);
