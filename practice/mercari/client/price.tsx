import { centsOf, type SellInput, type SellProblems } from "../listing.ts";
import { dollars, limits } from "../options.ts";

interface Props {
  readonly input: SellInput;
  readonly problems: SellProblems;
  readonly onChange: (patch: Partial<SellInput>) => void;
  readonly onBlur: (field: "price" | "floor") => void;
}

/** What may be typed into a money field: the rest is dropped as it comes. */
const money = (text: string) => text.replace(/[^\d.,$]/g, "");
const twoDecimals = (text: string) => {
  const cents = centsOf(text);
  return cents === null ? text : (cents / 100).toFixed(2);
};

export function Price({ input, problems, onChange, onBlur }: Props) {
  const cents = centsOf(input.price) ?? 0;
  const fee = Math.round(cents * 0.1);
  return (
    <section className="card">
      <h2>Pricing</h2>
      <div className="field">
        <label className="label" htmlFor="Price">
          Price
        </label>
        <div className="price-row">
          <span className="dollar">$</span>
          <input
            className="input"
            id="Price"
            name="sellPrice"
            data-testid="Price"
            inputMode="decimal"
            autoComplete="off"
            placeholder="min $1, max $2000"
            value={input.price}
            onChange={(event) => onChange({ price: money(event.target.value) })}
            onBlur={(event) => {
              onChange({ price: twoDecimals(event.target.value) });
              onBlur("price");
            }}
          />
          <div
            className="slider"
            role="slider"
            tabIndex={0}
            aria-label="Price slider"
            aria-valuemin={limits.priceMin}
            aria-valuemax={limits.priceMax}
            aria-valuenow={Math.round(cents / 100)}
          >
            <span style={{ left: `${Math.min(100, (cents / (limits.priceMax * 100)) * 100)}%` }} />
          </div>
        </div>
        {problems.price ? <p className="error">{problems.price}</p> : null}
      </div>
      <SmartPricing input={input} onChange={onChange} onBlur={() => onBlur("floor")} />
      <dl className="earnings">
        <dt>Selling fee</dt>
        <dd>-{dollars(fee)}</dd>
        <dt>You'll earn</dt>
        <dd>{dollars(cents - fee)}</dd>
      </dl>
      {problems.floor ? <p className="error">{problems.floor}</p> : null}
    </section>
  );
}

function SmartPricing({
  input,
  onChange,
  onBlur,
}: {
  input: SellInput;
  onChange: Props["onChange"];
  onBlur: () => void;
}) {
  const toggle = (smartPricing: boolean) =>
    onChange({ smartPricing, ...(smartPricing ? {} : { floor: "" }) });
  return (
    <div className="field smart">
      <div className="smart-head">
        <span>
          <b>Smart Pricing</b>
          <small>We lower your price bit by bit until it sells</small>
        </span>
        <button
          type="button"
          className={input.smartPricing ? "switch switch-on" : "switch"}
          data-testid="SmartPricingButton"
          aria-label="Smart Pricing"
          aria-pressed={input.smartPricing}
          onClick={() => toggle(!input.smartPricing)}
        >
          <span />
        </button>
      </div>
      {input.smartPricing ? (
        <>
          <label className="label" htmlFor="sellMinPriceForAutoPriceDrop">
            Floor price
          </label>
          <input
            className="input"
            id="sellMinPriceForAutoPriceDrop"
            name="sellMinPriceForAutoPriceDrop"
            data-testid="SmartPricingFloorPrice"
            inputMode="decimal"
            autoComplete="off"
            placeholder="Lowest price you'd accept"
            value={input.floor}
            onChange={(event) => onChange({ floor: money(event.target.value) })}
            onBlur={(event) => {
              onChange({ floor: twoDecimals(event.target.value) });
              onBlur();
            }}
          />
          <button
            type="button"
            className="link"
            data-testid="SmartPricingTurnOffButton"
            onClick={() => toggle(false)}
          >
            Turn off
          </button>
        </>
      ) : null}
    </div>
  );
}
