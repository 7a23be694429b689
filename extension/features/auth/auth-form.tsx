/** Log in, sign up, forgot password: one small form. */
import { zodResolver } from "@hookform/resolvers/zod";
import { Eye, EyeOff } from "lucide-react";
import { Tabs } from "radix-ui";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { send } from "#extension/messages/send.ts";
import { Button, IconButton } from "#extension/ui/button.tsx";
import { Field, TextField } from "#extension/ui/field.tsx";
import { Banner } from "#extension/ui/notices.tsx";
import { useAction } from "#extension/ui/use-action.ts";
import { words } from "./words.ts";

type Way = "logIn" | "signUp" | "forgot";
const email = z.email(words.emailWrong);
const SCHEMAS = {
  logIn: z.object({ email, password: z.string().min(1, words.passwordMissing) }),
  signUp: z.object({ email, password: z.string().min(8, words.passwordShort) }),
  forgot: z.object({ email, password: z.string() }),
};

function CredentialsForm({ way, onWay }: { way: Way; onWay: (way: Way) => void }) {
  const form = useForm({ resolver: zodResolver(SCHEMAS[way]), defaultValues: { email: "", password: "" } });
  const { busy, error, run } = useAction();
  const [note, setNote] = useState<string | null>(null);
  const [shown, setShown] = useState(false);
  const submit = form.handleSubmit(async ({ email, password }) => {
    setNote(null);
    await run(async () => {
      if (way === "logIn") return void (await send("auth.signIn", { email, password }));
      if (way === "signUp") {
        const { confirmationNeeded } = await send("auth.signUp", { email, password });
        return confirmationNeeded ? setNote(words.confirm(email)) : undefined;
      }
      await send("auth.forgot", { email });
      setNote(words.resetSent(email));
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
        {...form.register("email")}
      />
      {way === "forgot" ? null : (
        <Field
          label={words.password}
          error={errors.password?.message}
          hint={way === "signUp" ? words.passwordHint : undefined}
        >
          {(w) => (
            <div className="relative">
              <input
                {...w}
                {...form.register("password")}
                type={shown ? "text" : "password"}
                className="control pr-10"
                autoComplete={way === "signUp" ? "new-password" : "current-password"}
              />
              <IconButton
                label={shown ? words.hide : words.show}
                className="absolute top-0.5 right-0.5"
                onClick={() => setShown(!shown)}
              >
                {shown ? <EyeOff aria-hidden className="size-4" /> : <Eye aria-hidden className="size-4" />}
              </IconButton>
            </div>
          )}
        </Field>
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
        <CredentialsForm key={way} way={way} onWay={setWay} />
      </Tabs.Content>
    </Tabs.Root>
  );
}
