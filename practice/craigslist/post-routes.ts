/** post.craigslist.org: the wizard, one full page load per step. */
import { html } from "hono/html";
import type { World } from "../server/world.ts";
import { newListingId } from "../server/listing-address.ts";
import { formReader, sendPage, type SiteApp, type SiteContext } from "../server/site-context.ts";
import { takeSubmit } from "../server/submit.ts";
import {
  checkboxes,
  choicesOf,
  fieldsOf,
  newDraft,
  postingUrl,
  problemsOf,
  stepAfter,
  steps,
  stepUrl,
  texts,
  type Draft,
  type Step,
} from "./draft.ts";
import { areas, limits } from "./options.ts";
import {
  copyStep,
  editStep,
  geoStep,
  imageStep,
  layout,
  postingBody,
  previewStep,
  radioStep,
} from "./pages.ts";
import { blockedPage, captchaPage, noticePage, stopPages } from "./stop-pages.ts";

const questions: Readonly<Record<"area" | "subarea" | "hood" | "type" | "cat", string>> = {
  area: "choose your area:",
  subarea: "choose the location that fits best:",
  hood: "choose the neighborhood that fits best:",
  type: "what type of posting is this?",
  cat: "please choose a category:",
};
const isRadioStep = (step: Step): step is keyof typeof questions => step in questions;
/** To log in, and back to where the seller was. */
const loginUrl = (c: SiteContext): string => {
  const { pathname, search } = new URL(c.req.url);
  return `https://accounts.craigslist.org/login?rt=P&rp=${encodeURIComponent(pathname + search)}`;
};

/** Drafts live in memory: a restarted site has lost them, as an expired one would be. */
export function postRoutes(app: SiteApp, world: World): void {
  const drafts = new Map<string, Draft>();
  const lastCategory = new Map<string, string>();
  world.onReset((site) => {
    if (site === null || site === "craigslist") {
      drafts.clear();
      lastCategory.clear();
    }
  });
  const version = world.bundles.version;
  const send = (
    c: SiteContext,
    title: string,
    step: string,
    body: Parameters<typeof layout>[4],
    status: 200 | 403 = 200,
  ) => sendPage(c, layout(c, version, title, step, body), status);

  const olderPostings = (handle: string) =>
    world
      .listings("craigslist")
      .filter((each) => each.account === handle)
      .map(({ externalId, fields }) => ({ id: externalId, title: String(fields["PostingTitle"]), fields }))
      .reverse();

  const start = (c: SiteContext, area: string | null): Response => {
    const session = c.get("session");
    if (world.faults.strike("craigslist", session?.account.handle ?? null, "block", "load"))
      return c.redirect("/blocked");
    const draft = newDraft(session?.account.handle ?? null);
    draft.area = area;
    drafts.set(draft.key, draft);
    const hasOlder = draft.account !== null && olderPostings(draft.account).length > 0;
    return c.redirect(stepUrl(draft, hasOlder ? "copyfromanother" : area ? "subarea" : "area"));
  };

  app.get("/", (c) => start(c, null));
  app.get("/c/:code", (c) => {
    const area = areas.find(({ code }) => code === c.req.param("code"));
    return area ? start(c, area.value) : c.notFound();
  });
  app.get("/blocked", (c) => blockedPage(c, version));
  app.get("/captcha", (c) => captchaPage(c, version));

  app.get("/manage/:id/edit", (c) => {
    const session = c.get("session");
    const listing = world.listing("craigslist", c.req.param("id"));
    if (!session) return c.redirect(loginUrl(c));
    if (!listing || listing.account !== session.account.handle) return c.notFound();
    const draft = newDraft(session.account.handle, listing.externalId);
    const valueOf = (list: readonly { value: string; label: string }[], name: string) =>
      list.find(({ label }) => label === listing.fields[name])?.value ?? null;
    draft.area = valueOf(choicesOf.area, "area");
    draft.subarea = valueOf(choicesOf.subarea, "subarea");
    draft.hood = valueOf(choicesOf.hood, "hood");
    draft.type = valueOf(choicesOf.type, "type");
    draft.category = valueOf(choicesOf.cat, "category");
    for (const name of texts) draft.fields[name] = String(listing.fields[name] ?? "");
    for (const name of checkboxes) draft.fields[name] = listing.fields[name] ? "1" : "";
    draft.photos = [...listing.photos];
    drafts.set(draft.key, draft);
    return c.redirect(stepUrl(draft, "edit"));
  });

  const draftOf = (c: SiteContext): Draft | Response => {
    const draft = drafts.get(c.req.param("key") ?? "");
    if (!draft) return c.redirect("/");
    if (draft.account !== null && draft.account !== c.get("session")?.account.handle)
      return c.redirect(loginUrl(c));
    return draft;
  };
  const stepOf = (c: SiteContext): Step => steps.find((each) => each === c.req.query("s")) ?? "area";

  app.get("/k/:key/:code", async (c) => {
    const draft = draftOf(c);
    if (draft instanceof Response) return draft;
    const step = stepOf(c);
    if (isRadioStep(step)) {
      const chosen = {
        area: draft.area,
        subarea: draft.subarea,
        hood: draft.hood,
        type: draft.type,
        cat: draft.category ?? (lastCategory.get(draft.account ?? "") || null),
      }[step];
      return send(
        c,
        `craigslist | choose ${step}`,
        step,
        radioStep(draft, step, questions[step], choicesOf[step], chosen),
      );
    }
    if (step === "copyfromanother")
      return send(c, "craigslist | copy", step, copyStep(draft, olderPostings(draft.account ?? "")));
    if (step === "edit") return send(c, "craigslist | create posting", step, editStep(c, draft, []));
    if (step === "geoverify") return send(c, "craigslist | add map", step, geoStep(draft));
    if (step === "editimage") return send(c, "craigslist | add images", step, imageStep(draft));
    if (step === "preview")
      return send(
        c,
        "craigslist | preview",
        step,
        previewStep(draft, postingBody(fieldsOf(draft), draft.photos)),
      );
    if (!draft.publishedUrl) return c.redirect(stepUrl(draft, "preview"));
    return send(
      c,
      "craigslist | posting published",
      step,
      html`<h2>Thanks for posting!</h2>
        <p>We really appreciate it!</p>
        <ul class="ul">
          <li><a href="${draft.publishedUrl}">View your post</a> at ${draft.publishedUrl}</li>
          <li><a href="https://accounts.craigslist.org/login/home">Return to your account page</a></li>
        </ul>`,
    );
  });

  app.post("/k/:key/:code", async (c) => {
    const draft = draftOf(c);
    if (draft instanceof Response) return draft;
    const step = stepOf(c);
    const body = await c.req.parseBody({ all: true });
    const field = formReader(c, body);
    if (field("cryptedStepCheck") !== draft.crypted) return c.redirect(stepUrl(draft, step));
    const next = () => c.redirect(stepUrl(draft, stepAfter(draft, step)), 303);

    if (isRadioStep(step)) {
      if (step === "hood" && field("bypass")) return next();
      const id = field("id");
      const choice = choicesOf[step].find(({ value }) => value === id);
      if (!choice) return c.redirect(stepUrl(draft, step), 303);
      if (step === "cat") {
        draft.category = id;
        lastCategory.set(draft.account ?? "", id);
      } else draft[step] = id;
      return next();
    }
    if (step === "copyfromanother") {
      const copied = field("brand_new_post")
        ? undefined
        : olderPostings(draft.account ?? "").find(({ id }) => id === field("n"));
      if (copied) for (const name of texts) draft.fields[name] = String(copied.fields[name] ?? "");
      return next();
    }
    if (step === "edit") {
      for (const name of texts) draft.fields[name] = field(name).replaceAll("\r\n", "\n");
      for (const name of checkboxes) draft.fields[name] = field(name) ? "1" : "";
      const problems = problemsOf(draft.fields, draft.account === null);
      if (problems.length) return send(c, "craigslist | create posting", step, editStep(c, draft, problems));
      return next();
    }
    if (step === "geoverify") {
      for (const name of ["xstreet0", "city", "postal"])
        draft.fields[name] = field(name) || (draft.fields[name] ?? "");
      return next();
    }
    if (step === "editimage") {
      const uploads = [body["file"]].flat().filter((each) => each instanceof File);
      if (!uploads.length) return next();
      return addImages(c, draft, uploads);
    }
    return step === "preview" ? publish(c, draft) : c.redirect(stepUrl(draft, step), 303);
  });

  const addImages = async (c: SiteContext, draft: Draft, files: readonly File[]): Promise<Response> => {
    if (draft.photos.length + files.length > limits.photos)
      return c.json({ error: `${limits.photos} images at most` }, 400);
    for (const file of files) {
      if (/heic|heif/i.test(file.type + file.name))
        return c.json({ error: `${file.name}: HEIC images are not supported` }, 415);
      try {
        draft.photos.push((await world.photos.receive(file)).photo);
      } catch (error) {
        return c.json(
          { error: `${file.name} could not be read as an image (${(error as Error).message})` },
          415,
        );
      }
    }
    return c.json({ images: draft.photos.map(({ sha256 }) => sha256) });
  };

  const publish = async (c: SiteContext, draft: Draft): Promise<Response> => {
    const session = c.get("session");
    if (!session) {
      const text = `A link was sent to ${draft.fields["FromEMail"]}: open it to publish, edit, or verify your posting.`;
      return noticePage(c, version, "check your email", text, 200);
    }
    const fields = fieldsOf(draft);
    const problems = problemsOf(draft.fields, false);
    if (!draft.category || !draft.type) problems.push("Please choose a category.");
    const commit = async () => {
      if (draft.editOf) {
        await world.edit(session, draft.editOf, fields, draft.photos);
        draft.publishedUrl = world.listing("craigslist", draft.editOf)?.url ?? null;
        return;
      }
      const externalId = newListingId.craigslist();
      const url = postingUrl(draft, externalId);
      await world.commit(session, { externalId, url, fields, photos: draft.photos });
      draft.publishedUrl = url;
    };
    return takeSubmit(
      c,
      world,
      { session, fields, photos: draft.photos.length, problems, commit },
      {
        stopped: (stop) =>
          stop === "session-expired" ? c.redirect(loginUrl(c), 303) : stopPages[stop](c, version),
        refused: (reasons) => send(c, "craigslist | create posting", "edit", editStep(c, draft, reasons)),
        made: () => c.redirect(stepUrl(draft, "published"), 303),
        broken: () => c.text("Internal Server Error", 500),
      },
    );
  };
}
