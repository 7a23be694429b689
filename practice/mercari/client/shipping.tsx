import { useState } from "react";
import { sidesOf, weightOf, type SellInput, type SellProblems, type ShippingLabel } from "../listing.ts";
import { carriersFor, dollars, places, type Carrier } from "../options.ts";
import { call } from "./api.ts";
import { Dialog } from "./dialog.tsx";

interface Props {
  readonly input: SellInput;
  readonly problems: SellProblems;
  readonly onChange: (patch: Partial<SellInput>) => void;
}

export function Shipping({ input, problems, onChange }: Props) {
  const [labelOpen, setLabelOpen] = useState(false);
  const [payerOpen, setPayerOpen] = useState(false);
  const ready = Boolean(input.title.trim() && input.category);
  const { label } = input;
  const carrier =
    label && carriersFor(weightOf(label), sidesOf(label)).find(({ id }) => id === label.carrierId);
  const labelText = carrier
    ? `${carrier.name} · ${dollars(carrier.cents)}`
    : ready
      ? ""
      : "Add title and category to enable shipping";
  const choosePayer = (freeShipping: boolean) => {
    onChange({ freeShipping });
    setPayerOpen(false);
  };

  return (
    <section className="card">
      <h2>Delivery</h2>
      <ShipFrom zip={input.zip} error={problems.zip} onChange={(zip) => onChange({ zip })} />
      <fieldset className="field radios">
        <legend className="label">Delivery options</legend>
        <label className="radio-card" data-testid="MercariShipping">
          <input
            type="radio"
            id="MERCARI"
            name="deliveryOptions"
            value="MERCARI"
            checked={input.delivery === "MERCARI"}
            onChange={() => onChange({ delivery: "MERCARI" })}
          />
          <span>
            <b>Mercari prepaid label</b>
            <small>We email you a label, tracking included</small>
          </span>
        </label>
        <label className="radio-card" data-testid="ShipOnYourOwn">
          <input
            type="radio"
            id="SHIP_ON_OWN"
            name="deliveryOptions"
            value="OWN"
            checked={input.delivery === "OWN"}
            onChange={() => onChange({ delivery: "OWN" })}
          />
          <span>
            <b>Ship on your own</b>
            <small>You buy the postage</small>
          </span>
        </label>
        {problems.delivery ? <p className="error">{problems.delivery}</p> : null}
      </fieldset>

      <div className="field">
        <span className="label" id="payer-label">
          Offer free shipping?
        </span>
        <div
          className="select-button"
          data-testid="ShippingPayerOption"
          role="button"
          tabIndex={0}
          aria-labelledby="payer-label"
          aria-haspopup="listbox"
          aria-expanded={payerOpen}
          onClick={() => setPayerOpen(!payerOpen)}
        >
          <span>{input.freeShipping ? "Yes (Recommended)" : "No"}</span>
          <span className="chevron">⌄</span>
        </div>
        {payerOpen ? (
          <ul className="menu" role="listbox" data-testid="ShippingPayerOption">
            <li
              className="option"
              role="option"
              aria-selected={input.freeShipping}
              data-testid="FreeShippingYesButton"
              onClick={() => choosePayer(true)}
            >
              Yes (Recommended)
            </li>
            <li
              className="option"
              role="option"
              aria-selected={!input.freeShipping}
              data-testid="FreeShippingNoButton"
              onClick={() => choosePayer(false)}
            >
              No
            </li>
          </ul>
        ) : null}
      </div>

      {input.delivery === "OWN" ? null : (
        <div className="field">
          <label className="label" htmlFor="sellShippingClassesInput">
            Shipping label
          </label>
          <input
            className="input"
            id="sellShippingClassesInput"
            data-testid="SelectShipping"
            readOnly
            placeholder="Select a shipping label"
            value={labelText}
            onClick={() => (ready ? setLabelOpen(true) : undefined)}
          />
          {problems.label ? <p className="error">{problems.label}</p> : null}
        </div>
      )}
      {labelOpen ? (
        <LabelDialog
          start={label}
          onClose={() => setLabelOpen(false)}
          onSave={(next) => {
            onChange({ label: next });
            setLabelOpen(false);
          }}
        />
      ) : null}
    </section>
  );
}

function ShipFrom({
  zip,
  error,
  onChange,
}: {
  zip: string;
  error: string | undefined;
  onChange: (zip: string) => void;
}) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState(zip);
  return (
    <div className="field">
      <span className="label">Ship from</span>
      <button
        type="button"
        className="select-button"
        data-testid="ShipsFromAddButton"
        aria-label="Ship from"
        onClick={() => setOpen(true)}
      >
        <span className={zip ? "" : "placeholder"}>
          {zip ? `${places[zip] ? `${places[zip]} ` : ""}${zip}` : "Add ZIP code"}
        </span>
        <span className="chevron">›</span>
      </button>
      {error ? <p className="error">{error}</p> : null}
      {open ? (
        <Dialog title="Where are you shipping from?" onClose={() => setOpen(false)}>
          <label className="label" htmlFor="zip-code">
            ZIP code
          </label>
          <input
            className="input"
            id="zip-code"
            inputMode="numeric"
            maxLength={5}
            placeholder="Enter 5-digit Zip Code"
            value={text}
            onChange={(event) => setText(event.target.value.replace(/\D/g, ""))}
          />
          <button
            type="button"
            className="primary"
            disabled={!/^\d{5}$/.test(text)}
            onClick={() => {
              onChange(text);
              setOpen(false);
            }}
          >
            Save
          </button>
        </Dialog>
      ) : null}
    </div>
  );
}

const blank: ShippingLabel = {
  pounds: 0,
  ounces: 0,
  shoebox: true,
  length: 0,
  width: 0,
  height: 0,
  carrierId: "",
};

/** Three steps: what a label is, the parcel, the carrier. The first is shown until the seller has a label. */
function LabelDialog({
  start,
  onClose,
  onSave,
}: {
  start: ShippingLabel | null;
  onClose: () => void;
  onSave: (label: ShippingLabel) => void;
}) {
  const [step, setStep] = useState<"intro" | "parcel" | "carrier">(start ? "parcel" : "intro");
  const [label, setLabel] = useState(start ?? blank);
  const [shoebox, setShoebox] = useState<boolean | null>(start?.shoebox ?? null);
  const [carriers, setCarriers] = useState<readonly Carrier[]>([]);
  const set = (patch: Partial<ShippingLabel>) => setLabel((now) => ({ ...now, ...patch }));
  const number = (text: string) => Number(text.replace(/\D/g, "")) || 0;
  const measured =
    shoebox === true || (shoebox === false && label.length > 0 && label.width > 0 && label.height > 0);

  const toCarriers = async () => {
    const { carriers: found } = await call<{ carriers: Carrier[] }>("shippingCarriers", { label });
    setCarriers(found);
    setStep("carrier");
  };
  const numberField = (
    key: "pounds" | "ounces" | "length" | "width" | "height",
    testId: string,
    text: string,
  ) => (
    <label className="small-field">
      {text}
      <input
        className="input"
        inputMode="numeric"
        data-testid={testId}
        value={label[key] === 0 ? "" : String(label[key])}
        onChange={(event) => set({ [key]: number(event.target.value) })}
      />
    </label>
  );

  if (step === "intro") {
    return (
      <Dialog title="Shipping made simple" onClose={onClose}>
        <p>
          Tell us about the parcel and choose a carrier. We take the label's price out of your earnings or add
          it for the buyer.
        </p>
        <button type="button" className="primary" onClick={() => setStep("parcel")}>
          Got it
        </button>
      </Dialog>
    );
  }
  if (step === "parcel") {
    return (
      <Dialog title="Package weight" onClose={onClose}>
        <div className="row">
          {numberField("pounds", "ItemWeightInPounds", "Pounds")}
          {numberField("ounces", "ItemWeightInOunces", "Ounces")}
        </div>
        <fieldset className="radios">
          <legend className="label">Will your item fit in a shoebox?</legend>
          <label>
            <input
              type="radio"
              name="shoebox"
              data-testid="FitsInShoeboxYes"
              checked={shoebox === true}
              onChange={() => {
                setShoebox(true);
                set({ shoebox: true });
              }}
            />{" "}
            Yes, up to 14×10×5 in
          </label>
          <label>
            <input
              type="radio"
              name="shoebox"
              data-testid="FitsInShoeboxNo"
              checked={shoebox === false}
              onChange={() => {
                setShoebox(false);
                set({ shoebox: false });
              }}
            />{" "}
            No
          </label>
        </fieldset>
        {shoebox === false ? (
          <div className="row">
            {numberField("length", "InputLength", "Length (in)")}
            {numberField("width", "InputWidth", "Width (in)")}
            {numberField("height", "InputHeight", "Height (in)")}
          </div>
        ) : null}
        <button
          type="button"
          className="primary"
          data-testid="SelectCarrierButton"
          disabled={weightOf(label) === 0 || !measured}
          onClick={() => void toCarriers()}
        >
          Next
        </button>
      </Dialog>
    );
  }
  return (
    <Dialog title="Select a carrier" onClose={onClose}>
      <div className="radios" role="radiogroup" aria-label="Carrier">
        {carriers.map((carrier) => (
          <label key={carrier.id} className="radio-card">
            <input
              type="radio"
              name="carrier"
              checked={label.carrierId === carrier.id}
              onChange={() => set({ carrierId: carrier.id })}
            />
            <span>
              <b>{carrier.name}</b>
              <small>{dollars(carrier.cents)}</small>
            </span>
          </label>
        ))}
      </div>
      <button
        type="button"
        className="primary"
        data-testid="SelectCarrierSaveButton"
        disabled={!carriers.some(({ id }) => id === label.carrierId)}
        onClick={() => onSave(label)}
      >
        Save
      </button>
    </Dialog>
  );
}
