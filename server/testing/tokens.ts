/** Tokens that must not work, each for one reason; and the shape of one that does. */
import { generateKeyPair, SignJWT, type JWTPayload } from "jose";

export type TokenMaker = { secret: string; issuer: string };

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

const claims = (userId: string): JWTPayload => ({ sub: userId, role: "authenticated", aud: "authenticated" });

const signed = (
  payload: JWTPayload,
  { secret, issuer }: TokenMaker,
  { expires = "1h", alg = "HS256" }: { expires?: string; alg?: string } = {},
): Promise<string> =>
  new SignJWT(payload)
    .setProtectedHeader({ alg, typ: "JWT" })
    .setIssuedAt()
    .setIssuer(issuer)
    .setExpirationTime(expires)
    .sign(new TextEncoder().encode(secret));

/** Accepted: proves that the refused ones fail for their one reason. */
export const goodToken = (userId: string, maker: TokenMaker): Promise<string> =>
  signed(claims(userId), maker);

export const badTokens = async (userId: string, maker: TokenMaker): Promise<Record<string, string>> => {
  const good = claims(userId);
  const elliptic = await generateKeyPair("ES256");
  const rsa = await generateKeyPair("RS256");
  const body = encode({ ...good, iss: maker.issuer, exp: 4_000_000_000 });
  const valid = await signed(good, maker);
  const [head, payload, signature] = valid.split(".");
  const asymmetric = (alg: string, key: CryptoKey) =>
    new SignJWT(good).setProtectedHeader({ alg }).setIssuer(maker.issuer).setExpirationTime("1h").sign(key);
  return {
    garbage: "not-a-token",
    "three empty parts": "..",
    "alg none, unsigned": `${encode({ alg: "none", typ: "JWT" })}.${body}.`,
    "alg nOnE": `${encode({ alg: "nOnE" })}.${body}.`,
    "alg none with a valid signature": `${encode({ alg: "none" })}.${payload}.${signature}`,
    "ES256 where HS256 is configured": await asymmetric("ES256", elliptic.privateKey),
    "RS256 where HS256 is configured": await asymmetric("RS256", rsa.privateKey),
    "HS512 with the right secret": await signed(good, maker, { alg: "HS512" }),
    "another secret": await signed(good, { ...maker, secret: "another-secret-of-a-good-length-0123456789" }),
    "an empty secret's neighbour": await signed(good, { ...maker, secret: " " }),
    "another issuer": await signed(good, { ...maker, issuer: "https://evil.example/auth/v1" }),
    "another audience": await signed({ ...good, aud: "anon" }, maker),
    expired: await signed(good, maker, { expires: "-1m" }),
    "no subject": await signed({ role: "authenticated", aud: "authenticated" }, maker),
    "a subject that is no user id": await signed({ ...good, sub: "../../etc/passwd" }, maker),
    "the anonymous role": await signed({ ...good, role: "anon" }, maker),
    "the service role": await signed({ ...good, role: "service_role" }, maker),
    "a changed payload": `${head}.${body}.${signature}`,
    "no signature": `${head}.${payload}.`,
  };
};
