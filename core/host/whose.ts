/** Whose login a reading shows. One that shows nobody's is of nobody: it proves nothing for anybody. */
import { sameLogin } from "../posting/index.ts";

export type Whose = "ours" | "another" | "not-shown";

/** @param expected null where nobody knew before which login it is for: whoever is signed in there. */
export function whose({ login }: { login: string | null }, expected: { id: string } | null): Whose {
  if (login === null) return "not-shown";
  return expected === null || sameLogin(login, expected.id) ? "ours" : "another";
}
