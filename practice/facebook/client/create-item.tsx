import { useEffect, useState } from "react";
import { pageConfig } from "../../page/config.ts";
import { Fields } from "../../page/fields.tsx";
import {
  deliveryProblem,
  detailsComplete,
  emptyListing,
  isShipped,
  offerProblem,
  type ListingInput,
} from "../listing.ts";
import { availabilities, colors, conditions, limits, meetups } from "../options.ts";
import { ApiError, query } from "./api.ts";
import { CategoryField } from "./category-field.tsx";
import { DeliveryStep } from "./delivery-step.tsx";
import { AudienceStep, OfferStep } from "./later-steps.tsx";
import { LocationField } from "./location-field.tsx";
import { Check, ChoiceField, Dialog, Press, Switch, TextField } from "./parts.tsx";
import { Photos, type Photo } from "./photos.tsx";
import { cleanPrice, shownPrice } from "./price-text.ts";
import { navigate, useAddress } from "./router.ts";
import { TagsField } from "./tags-field.tsx";

export interface AppData {
  readonly welcome: boolean;
  readonly cookieBanner: boolean;
  readonly draft: ListingInput | null;
  readonly edit: {
    readonly id: string;
    readonly input: ListingInput;
    readonly photos: readonly { id: string; sha256: string }[];
  } | null;
  readonly item: unknown;
}

type Step = "details" | "delivery" | "offer" | "audience";

const rows = (names: readonly string[]) => names.map((name) => ({ name }));
const trimCents = (price: string) => price.replace(/\.00$/, "");

export function CreateItem() {
  const { data } = pageConfig<AppData>();
  const { edit } = data;
  const address = useAddress();
  const [input, setInput] = useState<ListingInput>(() => {
    const start = { ...emptyListing, ...(edit?.input ?? data.draft) };
    return { ...start, price: trimCents(start.price), minimumPrice: trimCents(start.minimumPrice) };
  });
  const [photos, setPhotos] = useState<readonly Photo[]>(
    () =>
      edit?.photos.map(({ id, sha256 }) => ({
        key: id,
        id,
        src: `/images/${sha256}_200.jpg`,
        progress: 1,
      })) ?? [],
  );
  const [attributes, setAttributes] = useState<readonly string[]>([]);
  const [categoryError, setCategoryError] = useState<string | null>(null);
  const [problem, setProblem] = useState<{ title: string; text: string } | null>(null);
  const [sending, setSending] = useState(false);
  const [saved, setSaved] = useState(false);

  const asked = address.searchParams.get("step");
  const step: Step = asked === "delivery" || asked === "offer" || asked === "audience" ? asked : "details";
  const full: ListingInput = { ...input, photoIds: photos.flatMap(({ id }) => id ?? []) };
  const uploading = photos.some(({ id }) => id === null);
  const locked = photos.length === 0;
  const change = (patch: Partial<ListingInput>) => setInput((now) => ({ ...now, ...patch }));

  useEffect(() => {
    if (!input.category) return setAttributes([]);
    let current = true;
    setCategoryError(null);
    void query<{ attributes: string[] }>("MarketplaceCategoryAttributesQuery", {
      category: input.category,
    }).then((answer) => current && setAttributes(answer.attributes));
    return () => {
      current = false;
    };
  }, [input.category]);

  const go = (next: Step) =>
    navigate(next === "details" ? address.pathname : `${address.pathname}?step=${next}`);
  const goNext = () => {
    if (step === "details") {
      // The real button does nothing here but show this line.
      if (!input.category) return setCategoryError("Please select a category");
      return go("delivery");
    }
    if (step === "delivery" && isShipped(full)) {
      if (!input.minimumPrice) change({ minimumPrice: input.price });
      return go("offer");
    }
    go("audience");
  };
  const blocked =
    uploading ||
    (step === "details" && !detailsComplete(full)) ||
    (step === "delivery" && deliveryProblem(full) !== null) ||
    (step === "offer" && offerProblem(full) !== null);

  const fail = (error: unknown) => {
    const code = error instanceof ApiError ? error.code : "server";
    const here = encodeURIComponent(location.pathname);
    if (code === "login") return location.assign(`/login/?next=${here}`);
    if (code === "captcha") return location.assign(`/checkpoint/captcha/?next=${here}`);
    if (code === "checkpoint") return location.assign(`/checkpoint/?next=${here}`);
    if (code === "block")
      setProblem({ title: "You're Temporarily Blocked", text: "You can't use this feature right now." });
    else if (code === "limit") {
      setProblem({
        title: "Limit reached",
        text: "We limit how often you can post, comment or do other things in a given amount of time. You can try again later.",
      });
    } else if (code === "invalid")
      setProblem({ title: "Your listing wasn't published", text: (error as Error).message });
    else
      setProblem({
        title: "Something went wrong",
        text: "We couldn't publish your listing. Please try again later.",
      });
    setSending(false);
  };
  const publish = async () => {
    setSending(true);
    try {
      if (edit) await query("MarketplaceListingEditMutation", { id: edit.id, input: full });
      else await query("MarketplaceListingCreateMutation", { input: full });
      navigate("/marketplace/you/selling?published=1");
    } catch (error) {
      fail(error);
    }
  };
  const saveDraft = () =>
    query("MarketplaceSaveDraftMutation", { input: full }).then(() => setSaved(true), fail);

  return (
    <div className="composer">
      <aside className="panel">
        <div className="panel-scroll">
          <div className="help">Marketplace</div>
          <h1>{edit ? "Edit listing" : "Item for sale"}</h1>
          {step === "details" ? (
            <Details
              input={input}
              attributes={attributes}
              locked={locked}
              categoryError={categoryError}
              photos={photos}
              onPhotos={setPhotos}
              onError={(text) => setProblem({ title: "Photos", text })}
              onChange={change}
            />
          ) : step === "delivery" ? (
            <DeliveryStep input={full} problem={deliveryProblem(full)} onChange={change} />
          ) : step === "offer" ? (
            <OfferStep input={input} problem={offerProblem(full)} onChange={change} />
          ) : (
            <AudienceStep input={input} onChange={change} />
          )}
        </div>
        <div className="panel-foot">
          {step === "details" ? (
            <Press label={saved ? "Draft saved" : "Save draft"} onPress={() => void saveDraft()} />
          ) : (
            <Press label="Back" onPress={() => history.back()} />
          )}
          {step === "audience" ? (
            <Press
              label={edit ? "Update" : "Publish"}
              kind="primary"
              disabled={sending}
              onPress={() => void publish()}
            />
          ) : (
            <Press label="Next" kind="primary" disabled={blocked} onPress={goNext} />
          )}
        </div>
      </aside>
      <Preview input={input} photos={photos} />
      {problem ? (
        <Dialog label={problem.title} onClose={() => setProblem(null)}>
          <p>{problem.text}</p>
          <Press label="Close" onPress={() => setProblem(null)} />
        </Dialog>
      ) : null}
    </div>
  );
}

interface DetailsProps {
  readonly input: ListingInput;
  readonly attributes: readonly string[];
  readonly locked: boolean;
  readonly categoryError: string | null;
  readonly photos: readonly Photo[];
  readonly onPhotos: (update: (photos: readonly Photo[]) => readonly Photo[]) => void;
  readonly onError: (text: string) => void;
  readonly onChange: (patch: Partial<ListingInput>) => void;
}

/** The first step. Several fields stay locked until a photo is attached; some exist only once there is a category. */
function Details({
  input,
  attributes,
  locked,
  categoryError,
  photos,
  onPhotos,
  onError,
  onChange,
}: DetailsProps) {
  const text = (key: "brand" | "material", label: string) =>
    attributes.includes(key) ? (
      <TextField
        key={key}
        label={label}
        value={input[key]}
        onChange={(value) => onChange({ [key]: value })}
      />
    ) : null;
  return (
    <div className="step">
      <Photos photos={photos} onChange={onPhotos} onError={onError} />
      <h3>Required</h3>
      <Fields salt="required">
        <TextField
          label="Title"
          value={input.title}
          maxLength={limits.title}
          onChange={(title) => onChange({ title })}
        />
        <TextField
          label="Price"
          value={shownPrice(input.price)}
          disabled={locked}
          onChange={(typed) => onChange({ price: cleanPrice(typed) })}
        />
        <CategoryField
          value={input.category}
          title={input.title}
          description={input.description}
          disabled={locked}
          error={categoryError}
          onChange={(category) => onChange({ category })}
        />
        <ChoiceField
          label="Condition"
          value={input.condition}
          rows={rows(conditions)}
          disabled={locked}
          wakesAfterMs={150}
          onChange={(condition) => onChange({ condition })}
        />
      </Fields>
      <h3>More details</h3>
      <Fields salt="more">
        <TextField
          label="Description"
          value={input.description}
          multiline
          disabled={locked}
          maxLength={limits.description}
          onChange={(description) => onChange({ description })}
        />
        {text("brand", "Brand")}
        {attributes.includes("color") ? (
          <ChoiceField
            label="Color"
            value={input.color}
            rows={rows(colors)}
            onChange={(color) => onChange({ color })}
          />
        ) : null}
        {text("material", "Material")}
        {attributes.includes("sku") ? (
          <TextField
            label="SKU"
            value={input.sku}
            help="Only visible to you"
            onChange={(sku) => onChange({ sku })}
          />
        ) : null}
        <ChoiceField
          label="Availability"
          value={input.availability}
          rows={rows(availabilities)}
          onChange={(availability) => onChange({ availability })}
        />
        <TagsField tags={input.tags} onChange={(tags) => onChange({ tags })} />
        <LocationField value={input.location} onChange={(location) => onChange({ location })} />
      </Fields>
      <div className="switch-name">Meetup preferences</div>
      {meetups.map((meetup) => (
        <Check
          key={meetup}
          label={meetup}
          on={input.meetups.includes(meetup)}
          onChange={(on) =>
            onChange({
              meetups: on ? [...input.meetups, meetup] : input.meetups.filter((each) => each !== meetup),
            })
          }
        />
      ))}
      <Switch
        label="Hide from friends"
        help="This listing will be hidden from your Facebook friends."
        on={input.hideFromFriends}
        onChange={(hideFromFriends) => onChange({ hideFromFriends })}
      />
    </div>
  );
}

const Preview = ({ input, photos }: { input: ListingInput; photos: readonly Photo[] }) => (
  <section className="preview" aria-hidden="true">
    <h2>Preview</h2>
    <div className="preview-card">
      <div className="preview-photo">
        {photos[0] ? <img src={photos[0].src} alt="" /> : <span>Your listing preview</span>}
      </div>
      <div className="preview-text">
        <strong>{input.title || "…"}</strong>
        <span>{shownPrice(input.price) || "…"}</span>
        <small>Listed a few seconds ago in {input.location}</small>
        <p>{input.description || "…"}</p>
      </div>
    </div>
  </section>
);
