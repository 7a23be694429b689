/** Log in, sign up, forgot password: one small form; and what follows a forgotten password. */
import { zodResolver } from "@hookform/resolvers/zod";
import { useLiveQuery } from "dexie-react-hooks";
import { Tabs } from "radix-ui";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { send } from "#extension/messages/send.ts";
import { readSetting } from "#extension/store/settings.ts";
import { Button } from "#extension/ui/button.tsx";
import { TextField } from "#extension/ui/field.tsx";
import { Banner } from "#extension/ui/notices.tsx";
import { useAction } from "#extension/ui/use-action.ts";
import { PasswordField } from "./password-field.tsx";
import { ResetForm } from "./reset-form.tsx";
import { words } from "./words.ts";

type Way = "logIn" | "signUp" | "forgot";
const anEmail = z.string().min(1, words.emailMissing).pipe(z.email(words.emailWrong));
const SCHEMAS = {
  logIn: z.object({ email: anEmail, password: z.string().min(1, words.passwordMissing) }),
  signUp: z.object({ email: anEmail, password: z.string().min(8, words.passwordShort) }),
  forgot: z.object({ email: anEmail, password: z.string() }),
};

type CredentialsProps = {
  way: Way;
  onWay: (way: Way) => void;
  typed: string;
  onEmail: (email: string) => void;
};

function CredentialsForm({ way, onWay, typed, onEmail }: CredentialsProps) {
  const form = useForm({
    resolver: zodResolver(SCHEMAS[way]),
    defaultValues: { email: typed, password: "" },
  });
  const { busy, error, run } = useAction();
  const [note, setNote] = useState<string | null>(null);
  const submit = form.handleSubmit(async ({ email, password }) => {
    setNote(null);
    await run(async () => {
      if (way === "logIn") return void (await send("auth.signIn", { email, password }));
      if (way === "signUp") {
        const { confirmationNeeded } = await send("auth.signUp", { email, password });
        return confirmationNeeded ? setNote(words.confirm(email)) : undefined;
      }
      await send("auth.forgot", { email });
    });
  });
  const { errors } = form.formState;
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-3">
      {error ? <Banner meaning="failed">{error}</Banner> : null}
      {note ? <Banner meaning="ok">{note}</Banner> : null}
      <TextField
        label={words.email}
        type="email"
        autoComplete="email"
        inputMode="email"
        error={errors.email?.message}
        {...form.register("email", {
          onChange: (e: { target: { value: string } }) => onEmail(e.target.value),
        })}
      />
      {way === "forgot" ? null : (
        <PasswordField
          label={words.password}
          hint={way === "signUp" ? words.passwordHint : undefined}
          autoComplete={way === "signUp" ? "new-password" : "current-password"}
          error={errors.password?.message}
          {...form.register("password")}
        />
      )}
      <Button kind="primary" type="submit" busy={busy}>
        {words.submit[way]}
      </Button>
      {way === "logIn" ? (
        <Button kind="quiet" small onClick={() => onWay("forgot")}>
          {words.forgot}
        </Button>
      ) : way === "forgot" ? (
        <Button kind="quiet" small onClick={() => onWay("logIn")}>
          {words.backToLogIn}
        </Button>
      ) : null}
    </form>
  );
}

export function AuthForm() {
  const [way, setWay] = useState<Way>("logIn");
  const [email, setEmail] = useState("");
  const reset = useLiveQuery(async () => (await readSetting("passwordReset")) ?? null, []);
  if (reset) return <ResetForm email={reset.email} onBack={() => setWay("logIn")} />;
  const tab =
    "flex-1 rounded-sm px-3 py-1.5 text-sm font-medium text-ink-2 data-[state=active]:bg-surface data-[state=active]:text-ink";
  return (
    <Tabs.Root
      value={way === "signUp" ? "signUp" : "logIn"}
      onValueChange={(v) => setWay(v as Way)}
      className="flex flex-col gap-4"
    >
      <Tabs.List aria-label={words.tabs} className="flex gap-1 rounded border border-line bg-sunken p-1">
        <Tabs.Trigger value="logIn" className={tab}>
          {words.logIn}
        </Tabs.Trigger>
        <Tabs.Trigger value="signUp" className={tab}>
          {words.signUp}
        </Tabs.Trigger>
      </Tabs.List>
      <Tabs.Content value={way === "signUp" ? "signUp" : "logIn"} tabIndex={-1}>
        <CredentialsForm key={way} way={way} onWay={setWay} typed={email} onEmail={setEmail} />
      </Tabs.Content>
    </Tabs.Root>
  );
}
