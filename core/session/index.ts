/** The public door of core/session. README.md says what is promised and what is not. */
export { fromBase64Url, toBase64Url, type Bytes } from "./base64url.ts";
export { exportDevicePublicKey, generateDeviceKey, publicJwkSchema, type PublicJwk } from "./device.ts";
export { envelopeSchema, type Envelope, type SealRefusal, type SealRefusalReason } from "./envelope.ts";
export {
  bindingFromRow,
  infoFromRow,
  PURPOSES,
  sealedRowSchema,
  sessionMetaSchema,
  type Binding,
  type Purpose,
  type SealedRow,
  type SessionMeta,
} from "./info.ts";
export {
  keyManifestSchema,
  pickKey,
  signedManifestSchema,
  signManifest,
  verifyManifest,
  type KeyManifest,
  type ManifestCheck,
  type ManifestRefusal,
  type Recipient,
  type SignedManifest,
} from "./manifest.ts";
export { open, openSession, type Opened } from "./open.ts";
export { SIZE_CLASSES, TooLargeToSealError } from "./padding.ts";
export { needsReseal, resealSession, type Resealed } from "./rotate.ts";
export { seal, sealSession, type SealContext, type SessionBinding } from "./seal.ts";
export { Secret } from "./secret.ts";
export {
  allowlistHash,
  cookieNamesOf,
  cookieSchema,
  filterSession,
  fromBrowserCookie,
  keptCookies,
  sessionExpiry,
  sessionSchema,
  storageStateSchema,
  type BrowserCookie,
  type Cookie,
  type Session,
  type SessionAllowlist,
  type StorageState,
} from "./storage-state.ts";
export { FORMAT_VERSION, SUITE } from "./suite.ts";
export { presentableAs, type Presentation } from "./presentation.ts";
export type { KeyPair } from "./key-pair.ts";
export {
  importWorkerKeys,
  privateJwkSchema,
  workerKeyFileSchema,
  type PrivateJwk,
  type WorkerKeyFile,
  type WorkerKeys,
} from "./worker-keys.ts";
