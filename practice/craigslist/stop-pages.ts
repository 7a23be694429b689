/** Pages at which a posting stops: captcha, blocks, notices. */
import { html } from "hono/html";
import { sendPage, type SiteContext } from "../server/site-context.ts";
import { layout } from "./pages.ts";

export const captchaPage = (c: SiteContext, version: string): Promise<Response> =>
  sendPage(
    c,
    layout(
      c,
      version,
      "craigslist | verification",
      "captcha",
      html`<h2>Please complete the captcha below to publish</h2>
        <iframe
          class="captcha"
          title="reCAPTCHA challenge"
          width="304"
          height="480"
          src="/captcha-frame"
        ></iframe>
        <p>Verify you are human, then go back and publish again.</p>`,
    ),
  );

export const captchaFrame = (c: SiteContext): Promise<Response> =>
  sendPage(
    c,
    html`<!doctype html><title>reCAPTCHA</title>
      <body style="font:14px sans-serif;margin:0;border:1px solid #ccc;height:470px;padding:12px">
        <p>Select all images with bicycles</p>
      </body>`,
  );

export const noticePage = (
  c: SiteContext,
  version: string,
  title: string,
  text: string,
  status: 200 | 403 = 403,
): Promise<Response> =>
  sendPage(
    c,
    layout(
      c,
      version,
      `craigslist | ${title}`,
      "notice",
      html`<div class="err">
        <b>${title}</b>
        <p>${text}</p>
      </div>`,
    ),
    status,
  );

export const blockedPage = (c: SiteContext, version: string): Promise<Response> =>
  noticePage(c, version, "blocked", "This account has been blocked. Your posting can not be accepted.");

/** Where publish ends when it is stopped; a session that ended is sent to log in instead. */
export const stopPages = {
  captcha: captchaPage,
  block: blockedPage,
  checkpoint: (c: SiteContext, version: string) =>
    noticePage(
      c,
      version,
      "phone verification required",
      "Phone verification required: enter the code we call you with.",
    ),
  "limit-reached": (c: SiteContext, version: string) =>
    noticePage(
      c,
      version,
      "limit reached",
      "You have posted too many times recently. Limit reached: please try again later.",
    ),
} as const;
