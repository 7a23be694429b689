/**
 * Connecting a marketplace account. The person's consent names what is taken; what is found later must be that and no more.
 * With the cloud allowed the session is sealed here, to a key the pinned root vouches for; without, nothing leaves.
 */
import { z } from "zod";
import { accountSchema, accountsResponseSchema, type ConnectRequest } from "#core/api/platform.ts";
import type { ChannelId, Marketplace } from "#core/marketplace/marketplace.ts";
import {
  allowlistHash,
  cookieNamesOf,
  publicJwkSchema,
  sealSession,
  sessionExpiry,
  signedManifestSchema,
  verifyManifest,
  type Recipient,
} from "#core/session/index.ts";
import { marketplaceOf } from "#marketplaces/index.ts";
import { ApiError, ApiUnavailable, callApi } from "#extension/api/http.ts";
import { MessageError } from "#extension/messages/send.ts";
import type { ConnectPreview, Request, Response } from "#extension/messages/table.ts";
import { database } from "#extension/store/database.ts";
import type { AccountRow } from "#extension/store/rows.ts";
import { readSetting, writeSetting } from "#extension/store/settings.ts";
import { captureSession, isSignedIn, type Captured } from "./capture-session.ts";
import { registerButton } from "./content-scripts.ts";
import { deviceForSealing, deviceName } from "./device.ts";

/** Raised when the words of the consent screen change in meaning. */
export const CONSENT_TEXT_VERSION = "2026-11";

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

const expiresAt = (marketplace: Marketplace, { session }: Captured): string | null => {
  const seconds = sessionExpiry(session, marketplace.account.sessionCookies);
  return seconds === null ? null : new Date(seconds * 1000).toISOString();
};

export const previewConnect = async (platform: ChannelId): Promise<ConnectPreview> => {
  const marketplace = marketplaceOf(platform);
  await checkPermissions(marketplace);
  const [captured, obstacle] = await Promise.all([captureSession(marketplace), cloudObstacle()]);
  return {
    platform,
    handle: captured.handle,
    signedIn: isSignedIn(marketplace, captured) && captured.handle !== null,
    cookieNames: cookieNamesOf(captured.session),
    localStorageKeys: captured.session.storageState.origins.flatMap((origin) =>
      origin.localStorage.map((entry) => entry.name),
    ),
    expiresAt: expiresAt(marketplace, captured),
    textVersion: CONSENT_TEXT_VERSION,
    cloudAvailable: obstacle === null,
    cloudUnavailableReason: obstacle,
  };
};

/** A key to seal to, vouched for by the pinned root. @throws MessageError: nothing may be captured then. */
const recipientKey = async (): Promise<Recipient> => {
  const served = await callApi("/api/keys", signedManifestSchema);
  const seenIssuedAt = await readSetting("manifestSeenAt");
  const root = publicJwkSchema.parse(JSON.parse(HAWKER_ROOT_KEY));
  const check = await verifyManifest(served, root, { now: new Date(), env: HAWKER_ENV, seenIssuedAt });
  if (!check.ok) throw new MessageError(`manifest-${check.refusal.reason}`, check.refusal.message);
  await writeSetting("manifestSeenAt", check.manifest.issuedAt);
  return check.key;
};

type Consent = Request<"connect.confirm">["consent"];

const connectInCloud = async (
  marketplace: Marketplace,
  captured: Captured & { handle: string },
  consent: Consent,
  recipient: Recipient,
): Promise<AccountRow> => {
  const { id: platform } = marketplace.identity;
  const auth = await readSetting("auth");
  if (!auth?.workspaceId) throw new MessageError("signed-out", "Sign in to Hawker first.");
  const { accounts } = await callApi("/api/platform/accounts", accountsResponseSchema);
  const known = accounts.find((one) => one.platform === platform && one.handle === captured.handle);
  const binding = {
    env: HAWKER_ENV, workspaceId: auth.workspaceId, userId: auth.userId, channel: platform,
    accountId: known?.id ?? crypto.randomUUID(), sessionVersion: (known?.sessionVersion ?? 0) + 1,
    consentId: crypto.randomUUID(), capturedAt: new Date().toISOString(),
  }; // prettier-ignore
  const device = await deviceForSealing();
  const { envelope, meta } = await sealSession({
    session: captured.session, allowlist: marketplace.account, binding: { ...binding, deviceId: device.id }, recipient, deviceKey: device.keys,
  }); // prettier-ignore
  const request: ConnectRequest = {
    accountId: binding.accountId, workspaceId: auth.workspaceId, platform, handle: captured.handle, displayName: captured.handle,
    cloudAllowed: true, replay: known?.replay ?? marketplace.account.replay, sessionVersion: binding.sessionVersion, session: envelope, sessionMeta: meta,
    sessionExpiresAt: expiresAt(marketplace, captured),
    device: { id: device.id, name: deviceName(), publicKey: device.publicKey },
    consent: {
      id: binding.consentId, textVersion: consent.textVersion, cookieNames: cookieNamesOf(captured.session),
      allowlistHash: await allowlistHash(marketplace.account), grantedAt: binding.capturedAt,
    },
  }; // prettier-ignore
  const answer = z.object({ account: accountSchema }).or(accountSchema.transform((account) => ({ account })));
  const { account } = await callApi("/api/platform/connect", answer, {
    method: "POST",
    body: request,
    idempotencyKey: binding.consentId,
  });
  return { ...account, localOnly: false };
};

const localAccount = async (
  marketplace: Marketplace,
  captured: Captured & { handle: string },
): Promise<AccountRow> => {
  const { id: platform } = marketplace.identity;
  const known = await database.accounts
    .filter((one) => one.platform === platform && one.handle === captured.handle)
    .first();
  const auth = await readSetting("auth");
  const at = new Date().toISOString();
  if (known && !known.localOnly) return { ...known, status: "connected", statusReason: null };
  return {
    id: known?.id ?? crypto.randomUUID(), workspaceId: auth?.workspaceId ?? crypto.randomUUID(), platform, handle: captured.handle, displayName: captured.handle,
    status: "connected", statusReason: null, replay: marketplace.account.replay, cloudAllowed: false, sessionVersion: 0, sessionMeta: null,
    sessionExpiresAt: expiresAt(marketplace, captured), lastVerifiedAt: at, lastActionAt: null, createdAt: known?.createdAt ?? at, localOnly: true,
  }; // prettier-ignore
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
  const { handle } = captured;
  if (handle === null || !isSignedIn(marketplace, captured))
    throw new MessageError("not-signed-in", `Log in to ${name} in this browser first, then connect it.`);
  const found = cookieNamesOf(captured.session);
  if (recipient && found.some((cookie) => !consent.cookieNames.includes(cookie))) {
    throw new MessageError(
      "consent-changed",
      `${name} set new cookies meanwhile. Look at the list again and confirm.`,
    );
  }
  const account = recipient
    ? await connectInCloud(marketplace, { ...captured, handle }, consent, recipient)
    : await localAccount(marketplace, { ...captured, handle });
  await database.transaction("rw", database.accounts, async () => {
    await database.accounts
      .filter(
        (one) => one.platform === platform && one.handle === handle && one.id !== account.id && one.localOnly,
      )
      .delete();
    await database.accounts.put(account);
  });
  await registerButton(platform);
  return { accountId: account.id, handle, cookieNames: recipient ? found : [], sealed: recipient !== null };
};
