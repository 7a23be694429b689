/**
 * Connecting a marketplace account. The person's consent names what is taken; what is found later must be that and no more.
 * With the cloud allowed the session is sealed here, to a key the pinned root vouches for; without, nothing leaves.
 */
import { z } from "zod";
import type { ChannelId, Marketplace } from "#core/marketplace/marketplace.ts";
import { sameLogin } from "#core/posting/index.ts";
import { cookieNamesOf } from "#core/session/index.ts";
import { marketplaceOf } from "#marketplaces/index.ts";
import { ApiError, ApiUnavailable, callApi } from "#extension/api/http.ts";
import { MessageError } from "#extension/messages/send.ts";
import type { ConnectPreview, Request, Response } from "#extension/messages/table.ts";
import { afterHandOver } from "#extension/background/posting/after-hand-over.ts";
import { database } from "#extension/store/database.ts";
import { handOver, handOverTables } from "#extension/store/hand-over.ts";
import type { AccountRow } from "#extension/store/rows.ts";
import { readSetting } from "#extension/store/settings.ts";
import { captureSession, carriesLogin, expiresAt, type Captured } from "./capture-session.ts";
import { connectInCloud, recipientKey } from "./connect-in-cloud.ts";
import { registerButton } from "./content-scripts.ts";

/** Raised when the words of the consent screen change in meaning. */
const CONSENT_TEXT_VERSION = "2026-11";

const checkPermissions = async ({ identity }: Marketplace): Promise<void> => {
  const granted = await chrome.permissions.contains({
    origins: identity.hostPermissions,
    permissions: ["cookies"],
  });
  if (!granted)
    throw new MessageError(
      "permission-missing",
      `Allow Hawker on ${identity.name} first: press Connect and answer the browser's question with Allow.`,
    );
};

/** Why the cloud cannot be used now, or null. */
const cloudObstacle = async (): Promise<string | null> => {
  if (!HAWKER_ROOT_KEY) return "This build of Hawker has no key to seal to.";
  const auth = await readSetting("auth");
  if (!auth?.workspaceId) return "Sign in to Hawker to use the cloud.";
  if (auth.role === "viewer") return "Your role in this workspace may only look.";
  try {
    await callApi("/api/platform/accounts", z.unknown());
    return null;
  } catch (error) {
    if (error instanceof ApiUnavailable || error instanceof ApiError) return error.message;
    throw error;
  }
};

const notCarried = (site: string): string =>
  `${site} keeps this login in a part of this browser that cannot be carried elsewhere, not in its cookies. It works in your own tabs; the cloud cannot use it.`;

export const previewConnect = async (platform: ChannelId): Promise<ConnectPreview> => {
  const marketplace = marketplaceOf(platform);
  await checkPermissions(marketplace);
  const [captured, unavailable] = await Promise.all([captureSession(marketplace), cloudObstacle()]);
  const carried = captured.signedIn === null || carriesLogin(marketplace, captured);
  const obstacle = carried ? unavailable : notCarried(marketplace.identity.name);
  return {
    platform,
    handle: captured.signedIn?.name ?? null,
    signedIn: captured.signedIn !== null,
    login: captured.signedIn?.id ?? null,
    cookieNames: cookieNamesOf(captured.session),
    localStorageKeys: captured.session.storageState.origins.flatMap((origin) =>
      origin.localStorage.map((entry) => entry.name),
    ),
    expiresAt: expiresAt(marketplace, captured),
    textVersion: CONSENT_TEXT_VERSION,
    cloudAvailable: obstacle === null,
    cloudUnavailableReason: obstacle,
    notes: captured.replaced,
  };
};

export type Login = { id: string; name: string };

/** @throws MessageError when nobody is signed in, or the site does not say who. */
const loginOf = ({ signedIn }: Captured, site: string): Login => {
  if (signedIn === null)
    throw new MessageError("not-signed-in", `Log in to ${site} in this browser first, then connect it.`);
  const { id, name } = signedIn;
  if (id === null)
    throw new MessageError(
      "login-not-seen",
      `${site} does not show which account this is. Log out and in again there, then connect it.`,
    );
  return { id, name };
};

const localAccount = async (
  marketplace: Marketplace,
  captured: Captured,
  { id: loginId, name: handle }: Login,
): Promise<AccountRow> => {
  const { id: platform } = marketplace.identity;
  const known = await database.accounts
    .filter((one) => one.platform === platform && sameLogin(one.loginId, loginId))
    .first();
  // What the cloud can do with the session it has is the cloud's to say: it was not given this one.
  if (known && !known.localOnly) return { ...known, handle };
  const auth = await readSetting("auth");
  const at = new Date().toISOString();
  return {
    id: known?.id ?? crypto.randomUUID(),
    workspaceId: auth?.workspaceId ?? crypto.randomUUID(),
    platform,
    handle,
    loginId,
    displayName: handle,
    status: "connected",
    statusReason: null,
    replay: carriesLogin(marketplace, captured) ? marketplace.account.replay : "no",
    cloudAllowed: false,
    sessionVersion: 0,
    sessionMeta: null,
    sessionExpiresAt: expiresAt(marketplace, captured),
    lastVerifiedAt: at,
    lastActionAt: null,
    createdAt: known?.createdAt ?? at,
    localOnly: true,
  };
};

export const confirmConnect = async ({
  platform,
  consent,
}: Request<"connect.confirm">): Promise<Response<"connect.confirm">> => {
  const marketplace = marketplaceOf(platform);
  const { name } = marketplace.identity;
  if (consent.textVersion !== CONSENT_TEXT_VERSION)
    throw new MessageError("consent-outdated", "Reload this page: what you agree to was updated.");
  await checkPermissions(marketplace);
  const recipient = consent.cloudAllowed ? await recipientKey() : null; // before anything is captured
  const captured = await captureSession(marketplace);
  const login = loginOf(captured, name);
  if (recipient && !carriesLogin(marketplace, captured))
    throw new MessageError("not-replayable", notCarried(name));
  const found = cookieNamesOf(captured.session);
  if (recipient && found.some((cookie) => !consent.cookieNames.includes(cookie))) {
    throw new MessageError(
      "consent-changed",
      `${name} set new cookies meanwhile. Look at the list again and confirm.`,
    );
  }
  const account = recipient
    ? await connectInCloud(marketplace, { ...captured, login }, consent, recipient)
    : await localAccount(marketplace, captured, login);
  const gone = await database.transaction("rw", handOverTables(database), async () => {
    await database.accounts
      .filter(
        (one) =>
          one.platform === platform &&
          sameLogin(one.loginId, login.id) &&
          one.id !== account.id &&
          one.localOnly,
      )
      .delete();
    await database.accounts.put(account);
    return handOver(database, account);
  });
  await afterHandOver(gone);
  await registerButton(platform);
  return {
    accountId: account.id,
    handle: login.name,
    cookieNames: recipient ? found : [],
    sealed: recipient !== null,
    cloudHasOlder: recipient === null && account.cloudAllowed,
  };
};
