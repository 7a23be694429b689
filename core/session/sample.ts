/** A whole sealed account in memory, for tests and measurements: root, manifest, worker, device, session and row. */
import { toBase64Url } from "./base64url.ts";
import { exportDevicePublicKey, generateDeviceKey, type PublicJwk } from "./device.ts";
import type { Envelope } from "./envelope.ts";
import type { SealedRow } from "./info.ts";
import type { KeyPair } from "./key-pair.ts";
import type { Recipient } from "./manifest.ts";
import { sealSession, type SessionBinding } from "./seal.ts";
import type { Session, SessionAllowlist } from "./storage-state.ts";
import { SUITE } from "./suite.ts";
import { importWorkerKeys, privateJwkSchema, type WorkerKeyFile, type WorkerKeys } from "./worker-keys.ts";

export const SAMPLE_TIME = "2026-11-21T09:00:00.000Z";

export const sampleAllowlist: SessionAllowlist = {
  cookies: [{ domain: "mercari.com", names: ["sid", "csrf"] }],
  localStorage: [{ origin: "https://www.mercari.com", keys: ["auth"] }],
};

/** @param bytes of filler in a cookie value, to reach another size class. */
export const sampleSession = (bytes = 40): Session => ({
  storageState: {
    cookies: [
      {
        name: "sid",
        value: `canary-${"v".repeat(bytes)}`,
        domain: ".mercari.com",
        path: "/",
        expires: 1_800_000_000,
        httpOnly: true,
        secure: true,
        sameSite: "Lax",
      },
    ],
    origins: [{ origin: "https://www.mercari.com", localStorage: [{ name: "auth", value: "canary-local" }] }],
  },
  userAgent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36",
  locale: "en-US",
  timezone: "America/New_York",
});

export const sampleBinding = (changes: Partial<SessionBinding> = {}): SessionBinding => ({
  env: "test",
  workspaceId: "7b0f2f7e-4c39-4f5f-9f0b-0d5fb3b8a001",
  userId: "7b0f2f7e-4c39-4f5f-9f0b-0d5fb3b8a002",
  channel: "mercari",
  accountId: "7b0f2f7e-4c39-4f5f-9f0b-0d5fb3b8a003",
  sessionVersion: 3,
  consentId: "7b0f2f7e-4c39-4f5f-9f0b-0d5fb3b8a004",
  deviceId: "7b0f2f7e-4c39-4f5f-9f0b-0d5fb3b8a005",
  capturedAt: SAMPLE_TIME,
  ...changes,
});

const signingJwk = async () => {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, [
    "sign",
    "verify",
  ]);
  return privateJwkSchema.parse(await crypto.subtle.exportKey("jwk", pair.privateKey));
};

export const recipientKeyFile = async (keyId: string): Promise<WorkerKeyFile["keys"][number]> => {
  const generated: unknown = await crypto.subtle.generateKey({ name: "X25519" }, true, ["deriveBits"]);
  const { x, d } = await crypto.subtle.exportKey("jwk", (generated as KeyPair).privateKey);
  return {
    keyId,
    suite: SUITE,
    publicKey: x!,
    privateKey: d!,
    notBefore: "2026-11-01T00:00:00Z",
    notAfter: "2026-12-31T00:00:00Z",
  };
};

export type SampleWorker = { file: WorkerKeyFile; keys: WorkerKeys; recipients: Recipient[] };

export const sampleWorker = async (...keyIds: string[]): Promise<SampleWorker> => {
  const keys = await Promise.all((keyIds.length > 0 ? keyIds : ["k1"]).map(recipientKeyFile));
  const file: WorkerKeyFile = {
    version: 1,
    env: "test",
    keys,
    signers: [{ id: "w1", jwk: await signingJwk() }],
  };
  return {
    file,
    keys: await importWorkerKeys(file),
    recipients: keys.map(({ keyId, suite, publicKey }) => ({ keyId, suite, publicKey })),
  };
};

export type SampleAccount = {
  envelope: Envelope;
  row: SealedRow;
  device: KeyPair;
  devicePublicKey: PublicJwk;
};

/** What the extension and then the database make of a capture. */
export const sampleAccount = async (
  recipient: Recipient,
  options: { binding?: Partial<SessionBinding>; session?: Session; device?: KeyPair } = {},
): Promise<SampleAccount> => {
  const device = options.device ?? (await generateDeviceKey());
  const binding = sampleBinding(options.binding);
  const { envelope, meta } = await sealSession({
    session: options.session ?? sampleSession(),
    allowlist: sampleAllowlist,
    binding,
    recipient,
    deviceKey: device,
  });
  const row: SealedRow = {
    id: binding.accountId,
    workspace_id: binding.workspaceId,
    user_id: binding.userId,
    platform: binding.channel,
    session_version: binding.sessionVersion,
    consent_id: binding.consentId,
    device_id: binding.deviceId,
    session_meta: meta,
  };
  return { envelope, row, device, devicePublicKey: await exportDevicePublicKey(device.publicKey) };
};

/**
 * Milliseconds of each of `runs` seals of about 16 KiB, one after another; for benches.
 * @param now a clock in milliseconds, such as `performance.now`.
 */
export const timeSeals = async (runs: number, now: () => number): Promise<number[]> => {
  const worker = await sampleWorker();
  const device = await generateDeviceKey();
  const session = sampleSession();
  session.storageState.cookies[0]!.value = toBase64Url(crypto.getRandomValues(new Uint8Array(12 * 1024)));
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const start = now();
    await sampleAccount(worker.recipients[0]!, { session, device });
    times.push(now() - start);
  }
  return times;
};
