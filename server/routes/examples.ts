/** Examples shown in the document; a test parses each with its schema. */
import type {
  Account,
  AnswerRequest,
  ConnectRequest,
  CreateJobRequest,
  Job,
  Target,
} from "#core/api/index.ts";

const ACCOUNT = "0b8f7c52-53ad-4a3d-9f0e-6a1f0a2f9d11";
const WORKSPACE = "5f6c1d6e-2f3b-4f7a-8f55-0d9f6f1c2a01";
const ITEM = "9a4de1a7-8a4e-4d0b-b4f5-1f1f3a0c7e21";

export const accountExample: Account = {
  id: ACCOUNT,
  workspaceId: WORKSPACE,
  platform: "mercari",
  handle: "maria",
  loginId: "484736251",
  displayName: "Maria's closet",
  status: "connected",
  statusReason: null,
  replay: "yes",
  cloudAllowed: true,
  sessionVersion: 1,
  sessionMeta: { formatVersion: 1, keyId: "2026-11", cookieNames: ["sid"], sizeClass: 8192 },
  sessionExpiresAt: "2027-01-15T00:00:00.000Z",
  lastVerifiedAt: "2026-11-21T09:00:00.000Z",
  lastActionAt: null,
  createdAt: "2026-11-21T09:00:00.000Z",
};

export const connectExample: ConnectRequest = {
  accountId: ACCOUNT,
  workspaceId: WORKSPACE,
  platform: "mercari",
  handle: "maria",
  loginId: "484736251",
  displayName: "Maria's closet",
  cloudAllowed: true,
  replay: "yes",
  sessionVersion: 1,
  session: {
    v: 1,
    keyId: "2026-11",
    suite: "DHKEM(X25519,HKDF-SHA256)/HKDF-SHA256/AES-256-GCM",
    enc: "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA",
    ct: "c2VhbGVkIGluIHRoZSBicm93c2VyLCBvcGVuZWQgb25seSBieSB0aGUgd29ya2Vy",
    infoHash: "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU",
    sig: "MEUCIQDx9yV0kq0m8m1q2o3l4n5p6r7s8t9u0v1w2x3y4z5AIgBq83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83",
  },
  sessionMeta: {
    formatVersion: 1,
    env: "local",
    keyId: "2026-11",
    suite: "DHKEM(X25519,HKDF-SHA256)/HKDF-SHA256/AES-256-GCM",
    capturedAt: "2026-11-21T09:00:00.000Z",
    allowlistHash: "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU",
    signedBy: "device",
    cookieNames: ["sid"],
    sizeClass: 8192,
  },
  sessionExpiresAt: "2027-01-15T00:00:00.000Z",
  device: {
    id: "d2b7e0f4-6a53-4a86-9d35-7f0a6f5f7d02",
    name: "Chrome on Linux",
    publicKey: {
      kty: "EC",
      crv: "P-256",
      x: "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
      y: "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
    },
  },
  consent: {
    id: "e3c8f1a5-7b64-4b97-8e46-8f1b7f6f8e13",
    textVersion: "2026-11",
    cookieNames: ["sid"],
    allowlistHash: "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU",
    grantedAt: "2026-11-21T09:00:00.000Z",
  },
};

export const createJobExample: CreateJobRequest = {
  workspaceId: WORKSPACE,
  action: "list",
  item: {
    id: ITEM,
    title: "Levi's 501 jeans, 32x32, dark wash",
    description: "Straight fit, worn twice, no marks. Waist 32, inseam 32. From a smoke-free home.",
    price: { amountMinor: 4500, currency: "USD" },
    condition: "like_new",
    category: "clothing.men.jeans",
    brand: "Levi's",
    size: "32",
    colors: ["blue"],
    photos: [
      {
        id: "1f0a2f9d-11c2-4b5e-9b2c-0b8f7c5253ad",
        width: 1600,
        height: 1200,
        mime: "image/jpeg",
        bytes: 240_000,
        sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      },
    ],
    weightGrams: 700,
    location: { postalCode: "94103", city: "San Francisco", country: "US" },
    createdAt: "2026-11-20T18:00:00.000Z",
    updatedAt: "2026-11-21T08:30:00.000Z",
  },
  targets: [{ accountId: ACCOUNT, platform: "mercari" }],
  driver: "cloud",
  mode: "publish",
};

const queuedTarget: Target = {
  id: "aa1f0a2f-9d11-4c2b-8e5e-9b2c0b8f7c52",
  accountId: ACCOUNT,
  platform: "mercari",
  driver: "cloud",
  state: "queued",
  ending: null,
  stateReason: null,
  question: null,
  answers: [],
  can: ["cancel"],
  cancelAsked: false,
  attempt: 0,
  progress: { percent: 0, message: "Queued" },
  report: null,
  listing: null,
  listingUrl: null,
  settledAt: null,
};

export const jobExample: Job = {
  id: "7c1b5d1e-0a4f-4a55-9d5f-3a2f1b0c9e44",
  workspaceId: WORKSPACE,
  itemId: ITEM,
  action: "list",
  driver: "cloud",
  mode: "publish",
  platforms: ["mercari"],
  status: "queued",
  progress: { percent: 0, message: "Queued" },
  result: null,
  error: null,
  runAt: "2026-11-21T09:00:00.000Z",
  createdAt: "2026-11-21T09:00:00.000Z",
  updatedAt: "2026-11-21T09:00:00.000Z",
  targets: [queuedTarget],
};

/** A published one whose outcome is not known: what looks like it is shown, and a person says whether it is. */
export const askedJobExample: Job = {
  ...jobExample,
  status: "needs_human",
  progress: { percent: 94, message: "0 of 1 done, 1 waiting for you" },
  result: { done: 0, failed: 0, needsHuman: 1, cancelled: 0 },
  error: "There is a new listing on Mercari that nobody knows of. It may be this one under another title.",
  targets: [
    {
      ...queuedTarget,
      state: "needs_human",
      ending: { code: "unexplained-rows", count: 1 },
      stateReason:
        "There is a new listing on Mercari that nobody knows of. It may be this one under another title.",
      question: {
        number: 1,
        kind: "there",
        askedAt: "2026-11-21T09:04:00.000Z",
        candidates: [
          {
            externalId: "m38291047561",
            url: "https://www.mercari.com/us/item/m38291047561/",
            title: "Levi's 501 jeans 32x32",
            priceText: "$45",
            status: "active",
          },
        ],
      },
      answers: ["is-it", "not-there", "wait"],
      can: ["answer", "take-over", "cancel"],
      progress: { percent: 94, message: "Checking that it is listed" },
      settledAt: "2026-11-21T09:04:00.000Z",
    },
  ],
};

export const answerExample: AnswerRequest = {
  question: 1,
  answer: {
    kind: "is-it",
    externalId: "m38291047561",
    url: "https://www.mercari.com/us/item/m38291047561/",
  },
};
