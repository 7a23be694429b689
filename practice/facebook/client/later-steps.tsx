import type { ListingInput } from "../listing.ts";
import { groups } from "../options.ts";
import { cleanPrice, shownPrice } from "./price-text.ts";
import { Check, Switch, TextField } from "./parts.tsx";

interface Props {
  readonly input: ListingInput;
  readonly onChange: (patch: Partial<ListingInput>) => void;
}

/** Offers are on, and the minimum comes prefilled with the price itself, which is not allowed. */
export const OfferStep = ({ input, problem, onChange }: Props & { problem: string | null }) => (
  <div className="step">
    <Switch
      label="Allow offers"
      help="Buyers can send you an offer on shipped items."
      on={input.allowOffers}
      onChange={(allowOffers) => onChange({ allowOffers })}
    />
    {input.allowOffers ? (
      <TextField
        label="Minimum price you'll consider"
        value={shownPrice(input.minimumPrice)}
        help="Only you can see this."
        onChange={(text) => onChange({ minimumPrice: cleanPrice(text) })}
      />
    ) : null}
    {problem ? <div className="wrong">{problem}</div> : null}
  </div>
);

export const AudienceStep = ({ input, onChange }: Props) => (
  <div className="step">
    <div className="switch-name">List in more places</div>
    <div className="help">Your listing is on Marketplace. Members of these groups can see it too.</div>
    {groups.map((group) => (
      <Check
        key={group}
        label={group}
        on={input.groups.includes(group)}
        onChange={(on) =>
          onChange({ groups: on ? [...input.groups, group] : input.groups.filter((each) => each !== group) })
        }
      />
    ))}
  </div>
);
