/** The code from the mail and a new password. Shown until it is done or given up, also after the popup was closed. */
import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { send } from "#extension/messages/send.ts";
import { Button } from "#extension/ui/button.tsx";
import { TextField } from "#extension/ui/field.tsx";
import { Banner } from "#extension/ui/notices.tsx";
import { useAction } from "#extension/ui/use-action.ts";
import { PasswordField } from "./password-field.tsx";
import { words } from "./words.ts";

const schema = z.object({
  code: z
    .string()
    .transform((typed) => typed.replace(/\s/g, ""))
    .pipe(z.string().regex(/^\d{6,10}$/, words.codeWrong)),
  password: z.string().min(8, words.passwordShort),
});

export function ResetForm({ email, onBack }: { email: string; onBack: () => void }) {
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { code: "", password: "" } });
  const { busy, error, run } = useAction();
  const [note, setNote] = useState(words.codeSent(email));
  const { errors } = form.formState;
  const submit = form.handleSubmit(async (typed) => void (await run(() => send("auth.reset", typed))));
  const sendAnother = () =>
    run(async () => {
      await send("auth.forgot", { email });
      setNote(words.anotherSent(email));
    });
  const giveUp = () =>
    run(async () => {
      await send("auth.keepPassword", {});
      onBack();
    });
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-3">
      {error ? <Banner meaning="failed">{error}</Banner> : <Banner meaning="working">{note}</Banner>}
      <TextField
        label={words.code}
        inputMode="numeric"
        autoComplete="one-time-code"
        error={errors.code?.message}
        {...form.register("code")}
      />
      <PasswordField
        label={words.newPassword}
        hint={words.passwordHint}
        autoComplete="new-password"
        error={errors.password?.message}
        {...form.register("password")}
      />
      <Button kind="primary" type="submit" busy={busy}>
        {words.setPassword}
      </Button>
      <div className="flex flex-wrap justify-between gap-1">
        <Button kind="quiet" small onClick={() => void sendAnother()}>
          {words.sendAnother}
        </Button>
        <Button kind="quiet" small onClick={() => void giveUp()}>
          {words.backToLogIn}
        </Button>
      </div>
    </form>
  );
}
