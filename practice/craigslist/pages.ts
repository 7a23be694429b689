/** Craigslist's pages as plain HTML. Every name here is the real one; mutations are applied when a page is sent. */
import { html } from "hono/html";
import { configBlock, imageUrl, type SiteContext } from "../server/site-context.ts";
import { conditions, languages, limits, type Choice } from "./options.ts";
import type { Draft, Step } from "./draft.ts";

type Html = ReturnType<typeof html>;

/** The whole page: top bar, the step's crumbs, body. */
export function layout(
  c: SiteContext,
  version: string,
  title: string,
  page: string,
  body: Html,
  data: unknown = null,
): Html {
  const session = c.get("session");
  const account = session
    ? html`<span class="acct"
        >logged in as
        <a class="handle" href="https://accounts.craigslist.org/login/home">${session.account.handle}</a> [<a
          href="https://accounts.craigslist.org/logout"
          >log out</a
        >]</span
      >`
    : html`<span class="acct"
        ><a href="https://accounts.craigslist.org/login">log in to your account</a></span
      >`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${title}</title>
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <link rel="stylesheet" href="/static/${version}/craigslist.css" />
      </head>
      <body class="page-${page}">
        <header class="global-header">
          <a class="logo" href="https://www.craigslist.org/">CL</a>
          <nav class="breadcrumbs">${title}</nav>
          ${account}
        </header>
        <main class="body">${body}</main>
        <footer class="page-footer">
          practice copy for software tests · help · safety · privacy · terms
        </footer>
        ${configBlock(c, page, data)}
        <script src="/static/${version}/craigslist.js" defer></script>
      </body>
    </html>`;
}

const stepForm = (draft: Draft, step: Step, inner: Html, attributes = html``): Html =>
  html`<form
    class="new_posting_form"
    action="/k/${draft.key}/${draft.code}?s=${step}"
    method="post"
    ${attributes}
  >
    <input type="hidden" name="cryptedStepCheck" value="${draft.crypted}" />
    ${inner}
  </form>`;

const continueButton = html`<button
  class="go big-button submit-button continue"
  type="submit"
  name="go"
  value="continue"
>
  continue
</button>`;

export const radioStep = (
  draft: Draft,
  step: Step,
  question: string,
  choices: readonly Choice[],
  chosen: string | null,
): Html =>
  stepForm(
    draft,
    step,
    html`<h4 class="formnote">${question}</h4>
      <ul class="selection-list">
        ${choices.map(
          ({ value, label }) =>
            html`<li>
              <label
                ><input type="radio" name="id" value="${value}" ${value === chosen ? html` checked` : ""} />
                <span class="right-side">${label}</span></label
              >
            </li>`,
        )}
      </ul>
      ${step === "hood" ? html`<button class="bypass" type="submit" name="bypass" value="1">bypass this step</button>` : ""}${continueButton}`,
  );

export const copyStep = (draft: Draft, postings: readonly { id: string; title: string }[]): Html =>
  stepForm(
    draft,
    "copyfromanother",
    html`<h4 class="formnote">reuse data from a previous posting?</h4>
      <select class="reuse" name="n" size="6">
        ${postings.map(({ id, title }) => html`<option value="${id}">${title}</option>`)}
      </select>
      <div class="buttons">
        <button class="skip" type="submit" name="brand_new_post" value="1">skip</button>${continueButton}
      </div>`,
  );

type Field = { readonly html: Html };

/** The edit form. `order` shuffles within a fieldset under the hard mutation. */
export function editStep(c: SiteContext, draft: Draft, problems: readonly string[]): Html {
  const { fields } = draft;
  const mutation = c.get("mutation");
  const value = (name: string) => fields[name] ?? "";
  const row = (kind: string, label: string, control: Html): Field => ({
    html:
      mutation.level === "hard"
        ? html`<div class="wrap">
            <div class="wrap">
              <div class="json-form-item ${kind}">
                <div class="label">${label}</div>
                ${control}
              </div>
            </div>
          </div>`
        : html`<div class="json-form-item ${kind}">
            <label
              ><div class="label">${label}</div>
              ${control}</label
            >
          </div>`,
  });
  const text = (kind: string, label: string, name: string, attributes: Html = html``): Field =>
    row(
      kind,
      label,
      html`<input class="json-form-input" type="text" name="${name}" value="${value(name)}" ${attributes} />`,
    );
  const select = (label: string, name: string, options: readonly Choice[], blank: boolean): Field =>
    row(
      "select",
      label,
      html`<select class="json-form-input" name="${name}">
        ${blank ? html`<option value="">-</option>` : ""}${options.map(
          (each) =>
            html`<option value="${each.value}" ${each.value === value(name) ? html` selected` : ""}>
              ${each.label}
            </option>`,
        )}
      </select>`,
    );
  const box = (name: string, label: string): Field => ({
    html: html`<div class="json-form-item checkbox">
      <label
        ><input type="checkbox" name="${name}" value="1" ${value(name) === "1" ? html` checked` : ""} />
        <span class="label">${label}</span></label
      >
    </div>`,
  });
  const disabled = (flag: string) => (value(flag) === "1" ? html`` : html` disabled`);
  const group = (salt: string, list: readonly Field[]) =>
    mutation.shuffle(list, salt).map((each) => each.html);
  const guest = draft.account === null;

  return stepForm(
    draft,
    "edit",
    html`${
        problems.length
          ? html`<div class="err">
              <b>Please correct the following:</b>
              <ul>
                ${problems.map((each) => html`<li>${each}</li>`)}
              </ul>
            </div>`
          : ""
      }
      <div class="title-row">
        ${group("title", [
          text(
            "title",
            "posting title",
            "PostingTitle",
            html`id="PostingTitle" maxlength="${limits.title}" required`,
          ),
          row(
            "price",
            "price",
            html`<span class="money"
              >$<input
                class="json-form-input short"
                type="text"
                inputmode="numeric"
                name="price"
                maxlength="11"
                value="${value("price")}"
            /></span>`,
          ),
          text("area", "city or neighborhood", "geographic_area", html`id="geographic_area" maxlength="40"`),
          text("postal", "postal code", "postal", html`id="postal_code" maxlength="15" required`),
        ])}
      </div>
      ${row("body", "description", html`<textarea class="json-form-input" id="PostingBody" name="PostingBody" rows="12" required>${value("PostingBody")}</textarea>`).html}
      <fieldset>
        <legend>posting details</legend>
        <div class="grid">
          ${group("details", [
            text("make", "make / manufacturer", "sale_manufacturer"),
            text("model", "model name / number", "sale_model"),
            text("size", "size / dimensions", "sale_size"),
            select("condition", "condition", conditions, true),
            select("language of posting", "language", languages, false),
          ])}
        </div>
        <div class="boxes">
          ${group("boxes", [
            box("crypto_currency_ok", "cryptocurrency ok"),
            box("delivery_available", "delivery available"),
            box("see_my_other", 'include "more ads by this user" link'),
          ])}
        </div>
      </fieldset>
      <fieldset>
        <legend>contact info</legend>
        ${guest ? text("email", "email", "FromEMail", html`autocomplete="email"`).html : html`<p class="mail">email: <b>${c.get("session")?.account.email ?? ""}</b> (CL mail relay)</p>`}
        <div class="boxes">
          ${group("contact", [
            box("contact_chat_ok", "craigslist chat"),
            box("show_phone_ok", "show my phone number"),
            box("contact_phone_ok", "phone calls OK"),
            box("contact_text_ok", "text/sms OK"),
          ])}
        </div>
        <div class="grid">
          ${text("phone", "phone number", "contact_phone", disabled("show_phone_ok")).html}${text("name", "contact name", "contact_name", disabled("show_phone_ok")).html}
        </div>
      </fieldset>
      <fieldset>
        <legend>location info</legend>
        ${box("show_address_ok", "show my address").html}
        <div class="grid">
          ${text("street", "street", "xstreet0", disabled("show_address_ok")).html}${text("street", "cross street", "xstreet1", disabled("show_address_ok")).html}${text("city", "city", "city", disabled("show_address_ok")).html}
        </div>
      </fieldset>
      ${continueButton}`,
    html`id="postingForm" novalidate`,
  );
}

export const geoStep = (draft: Draft): Html =>
  html`<div class="map" aria-hidden="true"><span class="pin"></span></div>
    ${stepForm(
      draft,
      "geoverify",
      html`<p class="formnote">drag the pin to where the item is</p>
        <div class="grid">
          <label
            >street
            <input type="text" id="xstreet0" name="xstreet0" value="${draft.fields["xstreet0"] ?? ""}"
          /></label>
          <label
            >city <input type="text" id="city" name="city" value="${draft.fields["city"] ?? ""}"
          /></label>
          <label
            >postal code
            <input type="text" id="postal_code" name="postal" value="${draft.fields["postal"] ?? ""}"
          /></label>
        </div>
        ${continueButton}`,
      html`id="leafletForm"`,
    )}`;

export const countText = (count: number): string =>
  `Your posting has ${count} image${count === 1 ? "" : "s"}.`;

export const imageStep = (draft: Draft): Html =>
  html`<section class="uploader">
      <p class="imgcount" role="status">${countText(draft.photos.length)}</p>
      <div class="add">
        <label class="addfile"
          >Add images
          <input
            type="file"
            multiple
            accept=".jpg,.jpeg,.png,.gif,.webp,image/jpeg,image/png,image/gif,image/webp"
        /></label>
        <small>up to ${limits.photos}; drag to change the order</small>
      </div>
      <p class="uploaderr" role="alert"></p>
      <div class="images">
        ${draft.photos.map((photo, index) => html`<figure class="imgbox"><img alt="image ${index + 1}" src="${imageUrl(photo.sha256, 200)}" /></figure>`)}
      </div>
    </section>
    ${stepForm(draft, "editimage", html`<button class="done bigbutton" id="doneWithImages" type="submit" name="go" value="done with images">done with images</button>`)}`;

/** The posting itself, as buyers see it. */
export const postingBody = (
  fields: Readonly<Record<string, unknown>>,
  photos: readonly { sha256: string }[],
): Html => {
  const text = (name: string) => String(fields[name] ?? "");
  const attributes = [
    ["condition", text("conditionLabel")],
    ["make / manufacturer", text("sale_manufacturer")],
    ["model name / number", text("sale_model")],
    ["size / dimensions", text("sale_size")],
  ].filter(([, value]) => value);
  return html`<h1 class="postingtitle">
      <span id="titletextonly">${text("PostingTitle")}</span
      >${text("price") ? html` - <span class="price">$${text("price")}</span>` : ""}${text("geographic_area") ? html` <small>(${text("geographic_area")})</small>` : ""}
    </h1>
    <div class="gallery">
      ${photos.map((photo, index) => html`<img alt="${index + 1}" src="${imageUrl(photo.sha256, 600)}" />`)}
    </div>
    <div class="attrgroup">
      ${attributes.map(([name, value]) => html`<span>${name}: <b>${value}</b></span>`)}${fields["delivery_available"] ? html`<span>delivery available</span>` : ""}${fields["crypto_currency_ok"] ? html`<span>cryptocurrency ok</span>` : ""}
    </div>
    <section id="postingbody" class="postingbody">${text("PostingBody")}</section>`;
};

export const previewStep = (draft: Draft, posting: Html): Html =>
  html`<div class="banner">this is an unpublished draft</div>
    ${stepForm(draft, "preview", html`<button class="button publish" type="submit" name="go" value="Continue">publish</button>`, html`id="publish_top"`)}
    <div class="draft-nav">
      <a href="/k/${draft.key}/${draft.code}?s=edit">edit text</a>
      <a href="/k/${draft.key}/${draft.code}?s=editimage">edit images</a>
    </div>
    <article class="preview">${posting}</article>`;
