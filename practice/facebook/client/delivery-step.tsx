import { useRef, useState } from "react";
import { canShip, type ListingInput } from "../listing.ts";
import { weightClasses } from "../options.ts";
import { query } from "./api.ts";
import { Dialog, Press } from "./parts.tsx";

interface Props {
  readonly input: ListingInput;
  readonly problem: string | null;
  readonly onChange: (patch: Partial<ListingInput>) => void;
}

const methodText = (shipping: boolean, pickup: boolean) =>
  shipping && pickup
    ? "Shipping & local pickup"
    : shipping
      ? "Shipping"
      : pickup
        ? "Local pickup"
        : "Select a method";

export function DeliveryStep({ input, problem, onChange }: Props) {
  const [menu, setMenu] = useState(false);
  const [dialog, setDialog] = useState(false);
  const shipping = input.shipping && canShip(input);
  const label = weightClasses.find(({ label }) => label === input.weight);
  const methods = [
    ...(canShip(input) ? [{ name: "Shipping", key: "shipping" as const, on: input.shipping }] : []),
    { name: "Local pickup", key: "pickup" as const, on: input.pickup },
  ];
  return (
    <div className="step">
      <div className="field place">
        <label
          role="combobox"
          aria-haspopup="menu"
          aria-expanded={menu}
          tabIndex={0}
          className="box"
          onClick={() => setMenu(!menu)}
        >
          <div className="box-inner">
            <span className="box-name">Delivery method</span>
            <div className="box-value">{methodText(shipping, input.pickup)}</div>
          </div>
          <i className="caret">▾</i>
        </label>
        {menu ? (
          <div role="menu" className="list">
            {methods.map(({ name, key, on }) => (
              <div
                key={key}
                role="menuitemcheckbox"
                aria-checked={on}
                tabIndex={0}
                className="row row-check"
                onClick={() => onChange({ [key]: !on })}
              >
                <div className="row-name">{name}</div>
                <i className="tick">{on ? "✓" : ""}</i>
              </div>
            ))}
          </div>
        ) : null}
      </div>
      {shipping ? (
        <div className="field">
          <div className="switch-name">Shipping label</div>
          <div className="help">
            {label
              ? `${label.label} · USPS Ground Advantage · $${(label.labelCents / 100).toFixed(2)}`
              : "Prepaid, emailed to you"}
          </div>
          <Press
            label={label ? "Change shipping label" : "Select shipping label"}
            onPress={() => setDialog(true)}
          />
        </div>
      ) : null}
      {problem && (label || !shipping) ? <div className="wrong">{problem}</div> : null}
      {dialog ? (
        <LabelDialog
          start={input.weight}
          onClose={() => setDialog(false)}
          onUpdate={(weight) => {
            onChange({ weight });
            setDialog(false);
          }}
        />
      ) : null}
    </div>
  );
}

interface LabelProps {
  readonly start: string;
  readonly onClose: () => void;
  readonly onUpdate: (weight: string) => void;
}

/** A radio counts only when the server has priced it, and the dialog takes its time to close. */
function LabelDialog({ start, onClose, onUpdate }: LabelProps) {
  const [open, setOpen] = useState(false);
  const [weight, setWeight] = useState(start);
  const [quote, setQuote] = useState<{ carrier: string; cents: number } | null>(null);
  const [closing, setClosing] = useState(false);
  const ticket = useRef(0);
  const choose = async (next: string) => {
    const mine = ++ticket.current;
    const answer = await query<{ carrier: string; cents: number }>("MarketplaceShippingLabelQuery", {
      weight: next,
    });
    if (mine !== ticket.current) return;
    setWeight(next);
    setQuote(answer);
    setOpen(false);
  };
  const update = async () => {
    setClosing(true);
    await query("MarketplaceShippingLabelQuery", { weight });
    onUpdate(weight);
  };
  return (
    <Dialog label="Change shipping method" onClose={onClose}>
      <div className="field">
        <label
          role="combobox"
          aria-haspopup="listbox"
          aria-expanded={open}
          tabIndex={0}
          className="box"
          onClick={() => setOpen(!open)}
        >
          <div className="box-inner">
            <span className="box-name">Package weight</span>
            {weight ? <div className="box-value">{weight}</div> : null}
          </div>
          <i className="caret">▾</i>
        </label>
        {open ? (
          <div role="radiogroup" aria-label="Package weight" className="radio-list">
            {weightClasses.map(({ label }) => (
              <div
                key={label}
                role="radio"
                aria-checked={label === weight}
                tabIndex={0}
                className="row row-check"
                onClick={() => void choose(label)}
              >
                <div className="row-name">{label}</div>
                <i className="tick">{label === weight ? "●" : "○"}</i>
              </div>
            ))}
          </div>
        ) : null}
      </div>
      {quote ? (
        <div className="field">
          <div className="switch-name">Carrier</div>
          <div className="help">
            {quote.carrier} · ${(quote.cents / 100).toFixed(2)}
          </div>
        </div>
      ) : null}
      <Press label="Update" kind="primary" disabled={!weight || closing} onPress={() => void update()} />
    </Dialog>
  );
}
