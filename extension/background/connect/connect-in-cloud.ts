/** Sealing a captured session to a key that the pinned root vouches for, and handing it to the service. */
import { z } from "zod";
import { accountSchema, accountsResponseSchema, type ConnectRequest } from "#core/api/platform.ts";
import type { Marketplace } from "#core/marketplace/marketplace.ts";
import { sameLogin } from "#core/posting/index.ts";
import {
  allowlistHash,
  cookieNamesOf,
  publicJwkSchema,
  sealSession,
  signedManifestSchema,
  verifyManifest,
  type Recipient,
} from "#core/session/index.ts";
import { callApi } from "#extension/api/http.ts";
import { MessageError } from "#extension/messages/send.ts";
import type { Request } from "#extension/messages/table.ts";
import type { AccountRow } from "#extension/store/rows.ts";
import { readSetting, writeSetting } from "#extension/store/settings.ts";
import { expiresAt, type Captured } from "./capture-session.ts";
import { deviceForSealing, deviceName } from "./device.ts";

/** A key to seal to, vouched for by the pinned root. @throws MessageError: nothing may be captured then. */
export const recipientKey = async (): Promise<Recipient> => {
  const served = await callApi("/api/keys", signedManifestSchema);
  const seenIssuedAt = await readSetting("manifestSeenAt");
  const root = publicJwkSchema.parse(JSON.parse(HAWKER_ROOT_KEY));
  const check = await verifyManifest(served, root, { now: new Date(), env: HAWKER_ENV, seenIssuedAt });
  if (!check.ok) throw new MessageError(`manifest-${check.refusal.reason}`, check.refusal.message);
  await writeSetting("manifestSeenAt", check.manifest.issuedAt);
  return check.key;
};

/** This login in this workspace: the same login in another one is another account. */
const knownAccount = async (workspaceId: string, platform: string, loginId: string) => {
  const { accounts } = await callApi("/api/platform/accounts", accountsResponseSchema);
  return accounts.find(
    (one) => one.workspaceId === workspaceId && one.platform === platform && sameLogin(one.loginId, loginId),
  );
};

export const connectInCloud = async (
  marketplace: Marketplace,
  captured: Captured & { login: { id: string; name: string } },
  consent: Request<"connect.confirm">["consent"],
  recipient: Recipient,
): Promise<AccountRow> => {
  const { id: platform } = marketplace.identity;
  const { session, login } = captured;
  const auth = await readSetting("auth");
  if (!auth?.workspaceId) throw new MessageError("signed-out", "Sign in to Hawker first.");
  const { workspaceId, userId } = auth;
  const known = await knownAccount(workspaceId, platform, login.id);
  const device = await deviceForSealing();
  const binding = {
    env: HAWKER_ENV,
    workspaceId,
    userId,
    channel: platform,
    accountId: known?.id ?? crypto.randomUUID(),
    sessionVersion: (known?.sessionVersion ?? 0) + 1,
    consentId: crypto.randomUUID(),
    deviceId: device.id,
    capturedAt: new Date().toISOString(),
  };
  const allowlist = marketplace.account;
  const sealed = await sealSession({ session, allowlist, binding, recipient, deviceKey: device.keys });
  const request: ConnectRequest = {
    accountId: binding.accountId,
    workspaceId,
    platform,
    handle: login.name,
    loginId: login.id,
    displayName: login.name,
    cloudAllowed: true,
    replay: known?.replay === "yes" ? "yes" : marketplace.account.replay, // a new capture is a new try
    sessionVersion: binding.sessionVersion,
    session: sealed.envelope,
    sessionMeta: sealed.meta,
    sessionExpiresAt: expiresAt(marketplace, captured),
    device: { id: device.id, name: deviceName(), publicKey: device.publicKey },
    consent: {
      id: binding.consentId,
      textVersion: consent.textVersion,
      cookieNames: cookieNamesOf(session),
      allowlistHash: await allowlistHash(allowlist),
      grantedAt: binding.capturedAt,
    },
  };
  const answer = z.object({ account: accountSchema }).or(accountSchema.transform((account) => ({ account })));
  const { account } = await callApi("/api/platform/connect", answer, {
    method: "POST",
    body: request,
    idempotencyKey: binding.consentId,
  });
  return { ...account, localOnly: false };
};
