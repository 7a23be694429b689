import { useEffect, useRef, useState } from "react";
import { pageConfig } from "../../page/config.ts";
import { Fields } from "../../page/fields.tsx";
import type { ListingFields } from "../../ledger-entry.ts";
import { emptyInput, sellProblemsOf, type SellField, type SellInput, type SellProblems } from "../listing.ts";
import { carriersFor, colors, conditions, limits, sizesFor } from "../options.ts";
import { ApiError, call, initialize } from "./api.ts";
import { BrandField } from "./brand-field.tsx";
import { CategoryField } from "./category-field.tsx";
import { Header } from "./header.tsx";
import { OptionList } from "./option-list.tsx";
import { CaptchaBadge, CaptchaChallenge, Overlays } from "./overlays.tsx";
import { PhotoUpload, type Photo } from "./photo-upload.tsx";
import { Price } from "./price.tsx";
import { Shipping } from "./shipping.tsx";

interface Edit {
  readonly id: string;
  readonly fields: ListingFields;
  readonly photos: readonly { id: string; sha256: string }[];
}
interface SellData {
  readonly welcome: boolean;
  readonly cookieBanner: boolean;
  readonly limited: boolean;
  readonly edit: Edit | null;
}
interface Start {
  readonly input: SellInput;
  readonly photos: readonly Photo[];
}

const shown = (photos: readonly { id: string; sha256: string }[]): Photo[] =>
  photos.map(({ id, sha256 }) => ({ key: id, id, src: `/images/${sha256}_200.jpg`, progress: 1 }));

/** A listing's ledger fields back as form values. */
function inputOf(fields: ListingFields): SellInput {
  const text = (name: string) => String(fields[name] ?? "");
  const own = fields["delivery"] === "OWN";
  const [length = 0, width = 0, height = 0] = text("dimensions").split("x").map(Number);
  const sizes = { shoebox: Boolean(fields["shoebox"]), length, width, height };
  const weight = { pounds: Number(fields["weightPounds"]), ounces: Number(fields["weightOunces"]) };
  const carrierId =
    carriersFor(weight.pounds * 16 + weight.ounces, null).find(({ name }) => name === fields["carrier"])
      ?.id ?? "";
  return {
    ...emptyInput,
    title: text("title"),
    description: text("description"),
    category: text("category"),
    brand: text("brand"),
    noBrand: Boolean(fields["noBrand"]),
    condition: text("conditionId"),
    size: text("size"),
    color: text("color"),
    zip: text("zip"),
    delivery: own ? "OWN" : "MERCARI",
    freeShipping: Boolean(fields["freeShipping"]),
    label: own ? null : { ...weight, ...sizes, carrierId },
    price: text("price"),
    smartPricing: Boolean(fields["smartPricing"]),
    floor: text("floorPrice"),
  };
}

/** Nothing is shown until the session answered; then the last draft is put back. */
export function SellPage() {
  const { data } = pageConfig<SellData>();
  const [start, setStart] = useState<Start | null>(null);
  useEffect(() => {
    void initialize().then(({ accessToken, draft, draftPhotos }) => {
      if (!accessToken) location.assign("/login/?redirect=/sell/");
      else if (data.edit) setStart({ input: inputOf(data.edit.fields), photos: shown(data.edit.photos) });
      else setStart({ input: { ...emptyInput, ...draft }, photos: shown(draftPhotos ?? []) });
    });
  }, [data.edit]);
  if (!start) return <div className="skeleton" aria-busy="true" />;
  return (
    <>
      <Header />
      <SellForm start={start} data={data} />
      <Overlays welcome={data.welcome} cookieBanner={data.cookieBanner} />
    </>
  );
}

interface Guess {
  readonly title?: string;
  readonly category?: string;
  readonly brand?: string;
}

function SellForm({ start, data }: { start: Start; data: SellData }) {
  const [input, setInput] = useState<SellInput>(start.input);
  const [photos, setPhotos] = useState<readonly Photo[]>(start.photos);
  const [touched, setTouched] = useState<ReadonlySet<SellField>>(new Set());
  const [notice, setNotice] = useState<string | null>(null);
  const [challenge, setChallenge] = useState(false);
  const [sending, setSending] = useState(false);
  const recognised = useRef(start.photos.length > 0);
  /** What the seller changed since the recogniser was asked: that it leaves alone. */
  const changedSince = useRef(new Set<string>());

  const full: SellInput = { ...input, photoIds: photos.flatMap(({ id }) => id ?? []) };
  const all = sellProblemsOf(full);
  const visible: SellProblems = Object.fromEntries(
    Object.entries(all).filter(([field]) => touched.has(field as SellField)),
  );
  const uploading = photos.some(({ id }) => id === null);
  const canList = Object.keys(all).length === 0 && !uploading && !sending;

  const touch = (field: SellField) => setTouched((now) => new Set(now).add(field));
  const change = (patch: Partial<SellInput>) => {
    for (const field of Object.keys(patch)) changedSince.current.add(field);
    setInput((now) => {
      const next = { ...now, ...patch };
      // Another category has other sizes: a size that is not among them is dropped.
      return patch.category !== undefined && !sizesFor(next.category).includes(next.size)
        ? { ...next, size: "" }
        : next;
    });
  };

  const recognise = async (photoId: string) => {
    if (recognised.current) return;
    recognised.current = true;
    changedSince.current.clear();
    const { guess, force } = await call<{ guess: Guess | null; force: boolean }>("recognizePhoto", {
      photoId,
    });
    if (!guess) return;
    const free = Object.entries(guess).filter(([field]) => force || !changedSince.current.has(field));
    setInput((now) => {
      const next = { ...now, ...Object.fromEntries(free) };
      return sizesFor(next.category).includes(next.size) ? next : { ...next, size: "" };
    });
  };

  const fail = (error: unknown) => {
    const code = error instanceof ApiError ? error.code : "server";
    if (code === "login") return location.assign("/login/?redirect=/sell/");
    if (code === "captcha") return setChallenge(true);
    const own = error instanceof ApiError && ["limit", "verify", "block", "invalid"].includes(code);
    setNotice(own ? error.message : "Your item could not be listed. Please try again.");
    setSending(false);
  };
  const submit = async () => {
    setSending(true);
    setNotice(null);
    try {
      if (data.edit) {
        await call("updateListing", { id: data.edit.id, input: full });
        location.assign(`/us/item/${data.edit.id}/`);
      } else {
        const { id } = await call<{ id: string }>("createListing", { input: full });
        location.assign(`/sell/confirmation/${id}`);
      }
    } catch (error) {
      fail(error);
    }
  };
  const saveDraft = async () => {
    await call("saveDraft", { input: full }).then(() => setNotice("Draft saved"), fail);
  };
  const sizes = sizesFor(input.category);

  return (
    <main className="sell">
      <h1>{data.edit ? "Edit your listing" : "List an item"}</h1>
      {data.limited ? (
        <p className="notice">
          Currently you are limited to 10 listings. This will be increased as you complete more sales.
        </p>
      ) : null}
      <form className="sell-form" onSubmit={(event) => event.preventDefault()}>
        <PhotoUpload
          photos={photos}
          onChange={setPhotos}
          onUploaded={(id) => void recognise(id)}
          onError={setNotice}
        />
        <section className="card">
          <h2>Details</h2>
          <Fields salt="details">
            <div className="field">
              <label className="label" htmlFor="sellName">
                Title
              </label>
              <input
                className="input"
                id="sellName"
                name="sellName"
                data-testid="Title"
                placeholder="What are you selling?"
                maxLength={limits.title}
                value={input.title}
                onChange={(event) => change({ title: event.target.value })}
                onBlur={() => touch("title")}
              />
              <small className="count">
                {input.title.length}/{limits.title}
              </small>
              {visible.title ? <p className="error">{visible.title}</p> : null}
            </div>
            <div className="field">
              <label className="label" htmlFor="sellDescription">
                Description
              </label>
              <textarea
                className="input"
                id="sellDescription"
                name="sellDescription"
                data-testid="Description"
                placeholder="Describe your item"
                rows={6}
                maxLength={limits.description}
                value={input.description}
                onChange={(event) => change({ description: event.target.value })}
                onBlur={() => touch("description")}
              />
              <small className="count">
                {input.description.length}/{limits.description}
              </small>
              {visible.description ? <p className="error">{visible.description}</p> : null}
            </div>
            <CategoryField
              value={input.category}
              title={input.title}
              error={visible.category}
              onChange={(category) => change({ category })}
            />
            <BrandField
              brand={input.brand}
              noBrand={input.noBrand}
              title={input.title}
              error={visible.brand}
              onChange={(brand, noBrand) => change({ brand, noBrand })}
              onBlur={() => touch("brand")}
            />
            <fieldset className="field conditions">
              <legend className="label">Condition</legend>
              {conditions.map(({ id, label, testId, help }) => (
                <label key={id} className="radio-card" data-testid={testId} htmlFor={id}>
                  <input
                    className="covered"
                    type="radio"
                    id={id}
                    name="sellCondition"
                    value={id}
                    checked={input.condition === id}
                    onChange={() => change({ condition: id })}
                  />
                  <span>
                    <b>{label}</b>
                    <small>{help}</small>
                  </span>
                </label>
              ))}
            </fieldset>
            {sizes.length ? (
              <OptionList
                id="itemSizeId"
                testId="Size"
                label="Size"
                options={sizes}
                value={input.size}
                error={visible.size}
                onChange={(size) => change({ size })}
              />
            ) : null}
            {input.category && !sizes.length ? (
              <OptionList
                id="itemColorId"
                testId="Color"
                label="Color"
                options={colors}
                value={input.color}
                error={visible.color}
                onChange={(color) => change({ color })}
              />
            ) : null}
          </Fields>
        </section>
        <Shipping input={input} problems={visible} onChange={change} />
        <Price input={input} problems={visible} onChange={change} onBlur={touch} />
        <div className="actions">
          {notice ? (
            <p className="notice" role="alert">
              {notice}
            </p>
          ) : null}
          <button
            type="button"
            className="secondary"
            data-testid="SaveDraftButton"
            onClick={() => void saveDraft()}
          >
            Save draft
          </button>
          <button
            type="button"
            className="primary"
            data-testid="ListButton"
            disabled={!canList}
            onClick={() => void submit()}
          >
            {data.edit ? "Update" : "List"}
          </button>
        </div>
        <CaptchaBadge />
      </form>
      {challenge ? <CaptchaChallenge /> : null}
    </main>
  );
}
