/** Who a subscriber is: a project key is nobody in particular, a token is a person. HS256 only, as Lite signs. */
import { jwtVerify } from "jose";

export type Subscriber = {
  role: "anon" | "authenticated";
  sub: string | null;
  claims: string;
  expiresAt: number;
};

export type WhoIs = (token: string | null) => Promise<Subscriber | null>;

/** @returns a function that gives null for a token that proves nothing (wrong, expired, another algorithm). */
export const whoIs = (secrets: { jwtSecret: string; publishableKey: string; secretKey: string }): WhoIs => {
  const key = new TextEncoder().encode(secrets.jwtSecret);
  const nobody: Subscriber = { role: "anon", sub: null, claims: "{}", expiresAt: Number.POSITIVE_INFINITY };
  return async (token) => {
    if (!token || token === secrets.publishableKey || token === secrets.secretKey) return nobody;
    const verified = await jwtVerify(token, key, { algorithms: ["HS256"] }).catch(() => null);
    if (!verified || verified.payload["role"] !== "authenticated" || !verified.payload.sub) return null;
    return {
      role: "authenticated",
      sub: verified.payload.sub,
      claims: JSON.stringify(verified.payload),
      expiresAt: (verified.payload.exp ?? 0) * 1000,
    };
  };
};
