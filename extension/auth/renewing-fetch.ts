/**
 * `fetch` for what carries our token. A clock that was put right since the token came makes an ended one look good: the
 * service then answers 401, and the token is renewed and the request sent once more. A renewed token that is refused as well
 * is not renewed again: then it is not the token.
 */
import type { SupabaseClient } from "@supabase/supabase-js";

const bearerOf = (init: RequestInit | undefined): string | null =>
  /^Bearer (.+)$/i.exec(new Headers(init?.headers).get("authorization") ?? "")?.[1] ?? null;

const withBearer = (init: RequestInit | undefined, token: string): RequestInit => {
  const headers = new Headers(init?.headers);
  headers.set("authorization", `Bearer ${token}`);
  return { ...init, headers };
};

/** @param auth the client whose session it is; asked late, because that client itself sends through this. */
export const renewingFetch = (auth: () => SupabaseClient["auth"]): typeof fetch => {
  let refusedAnyway: string | null = null;

  /** Another token than this one, or null when there is none to be had. */
  const another = async (token: string): Promise<string | null> => {
    const { data } = await auth().getSession();
    const current = data.session?.access_token;
    if (!current) return null;
    if (current !== token) return current; // renewed by another request meanwhile
    if (token === refusedAnyway) return null;
    const renewed = (await auth().refreshSession()).data.session?.access_token ?? null;
    refusedAnyway = renewed;
    return renewed;
  };

  return async (input, init) => {
    const response = await fetch(input, init);
    const token = bearerOf(init);
    const isAuth = new URL(input instanceof Request ? input.url : input).pathname.startsWith("/auth/");
    if (response.status !== 401 || !token || isAuth) return response;
    const better = await another(token);
    return better ? fetch(input, withBearer(init, better)) : response;
  };
};
