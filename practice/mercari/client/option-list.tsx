import { useState, type KeyboardEvent } from "react";

interface Props {
  readonly id: string;
  readonly testId: string;
  readonly label: string;
  readonly options: readonly string[];
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
}

/**
 * The custom list for size and colour. A click counts only on the row the pointer is over, and Enter only on the row
 * that is highlighted: a bare synthetic click on a row that was never hovered picks nothing.
 */
export function OptionList({ id, testId, label, options, value, error, onChange }: Props) {
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const pick = (index: number) => {
    const option = options[index];
    if (option === undefined) return;
    onChange(option);
    setOpen(false);
  };
  const show = () => {
    setActive(options.indexOf(value));
    setOpen(true);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (!open && (move !== 0 || event.key === "Enter" || event.key === " ")) show();
    else if (move !== 0) setActive((now) => Math.min(options.length - 1, Math.max(0, now + move)));
    else if (event.key === "Enter" || event.key === " ") pick(active);
    else if (event.key === "Escape") setOpen(false);
    else return;
    event.preventDefault();
  };

  return (
    <div className="field">
      <span className="label" id={`${id}-label`}>
        {label}
      </span>
      <div
        id={id}
        className="select-button"
        data-testid={testId}
        role="combobox"
        tabIndex={0}
        aria-labelledby={`${id}-label`}
        aria-haspopup="listbox"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        onClick={() => (open ? setOpen(false) : show())}
        onKeyDown={onKeyDown}
      >
        <span className={value ? "" : "placeholder"}>{value || "Select"}</span>
        <span className="chevron">⌄</span>
      </div>
      {open ? (
        <ul className="menu" id={`${id}-list`} role="listbox" aria-labelledby={`${id}-label`}>
          {options.map((option, index) => (
            <li
              key={option}
              className={index === active ? "option option-active" : "option"}
              role="option"
              tabIndex={-1}
              data-testid={`${testId}-option`}
              aria-selected={option === value}
              onPointerEnter={() => setActive(index)}
              onPointerMove={() => setActive(index)}
              onFocus={() => setActive(index)}
              onKeyDown={onKeyDown}
              onClick={() => (index === active ? pick(index) : undefined)}
            >
              {option}
            </li>
          ))}
        </ul>
      ) : null}
      {error ? <p className="error">{error}</p> : null}
    </div>
  );
}
