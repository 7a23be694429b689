/** What the auth service refused, as a sentence for a person. */
import { MessageError } from "#extension/messages/send.ts";

type AuthFailure = { message: string; code?: string | undefined; status?: number | undefined };

const SENTENCES: Record<string, readonly [code: string, sentence: string]> = {
  invalid_credentials: ["invalid-credentials", "That e-mail and password do not belong together."],
  user_already_exists: ["already-registered", "There is an account with this e-mail. Log in instead."],
  email_exists: ["already-registered", "There is an account with this e-mail. Log in instead."],
  email_not_confirmed: ["not-confirmed", "Open the link in the mail we sent you first, then log in."],
  otp_expired: ["wrong-code", "That code is wrong or no longer good. Check it, or send another."],
  same_password: ["same-password", "That is your password already. Log in with it, or choose another."],
  weak_password: ["weak-password", "That password is too easy to guess. Choose a longer one."],
};

const unreachable = /fetch|network|failed to/i;

export const authSentence = ({ message, code = "", status }: AuthFailure): MessageError => {
  const known = SENTENCES[code];
  if (known) return new MessageError(...known);
  if (/invalid login/i.test(message)) return authSentence({ message: "", code: "invalid_credentials" });
  if (/already registered/i.test(message)) return authSentence({ message: "", code: "user_already_exists" });
  if (status === 429) return new MessageError("rate-limited", "Too many tries. Wait a minute and try again.");
  if (!status && unreachable.test(message))
    return new MessageError(
      "unreachable",
      "Hawker's service was not reached. Your items are safe here; try again when you are online.",
    );
  return new MessageError("auth", `That did not work: ${message}`);
};
