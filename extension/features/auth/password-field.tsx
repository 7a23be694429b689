import { Eye, EyeOff } from "lucide-react";
import { useState, type ComponentProps } from "react";
import { IconButton } from "#extension/ui/button.tsx";
import { Field } from "#extension/ui/field.tsx";
import { words } from "./words.ts";

type Props = {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
} & ComponentProps<"input">;

/** A password one may look at while typing it. */
export function PasswordField({ label, hint, error, ...input }: Props) {
  const [shown, setShown] = useState(false);
  return (
    <Field label={label} hint={hint} error={error}>
      {(w) => (
        <div className="relative">
          <input {...input} {...w} type={shown ? "text" : "password"} className="control pr-10" />
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
  );
}
