import type { ComponentProps, ReactNode } from "react";
import { LoaderCircle } from "lucide-react";
import { classNames } from "./class-names.ts";

export type ButtonKind = "primary" | "secondary" | "quiet" | "danger";
type Props = ComponentProps<"button"> & {
  kind?: ButtonKind;
  small?: boolean;
  icon?: ReactNode;
  busy?: boolean;
};

const LOOKS: Record<ButtonKind, string> = {
  primary: "bg-accent text-accent-ink border-transparent hover:bg-accent-hover",
  secondary: "bg-surface text-ink border-line-strong hover:bg-sunken",
  quiet: "bg-transparent text-ink-2 border-transparent hover:bg-sunken hover:text-ink",
  danger: "bg-surface text-failed border-failed hover:bg-failed-soft",
};

/** The look of a button, for links that act as one. */
export const buttonLook = (kind: ButtonKind = "secondary", small = false): string =>
  classNames(
    "inline-flex shrink-0 items-center justify-center gap-2 rounded border font-medium transition-colors duration-100 select-none",
    "disabled:opacity-50 disabled:cursor-not-allowed",
    small ? "h-7 px-2 text-sm" : "h-9 px-3 text-base",
    LOOKS[kind],
  );

export function Button({
  kind = "secondary",
  small = false,
  icon,
  busy = false,
  children,
  className,
  ...rest
}: Props) {
  return (
    <button
      type="button"
      {...rest}
      aria-busy={busy || undefined}
      disabled={rest.disabled || busy}
      className={classNames(buttonLook(kind, small), className)}
    >
      {busy ? <LoaderCircle aria-hidden className="animate-spin-slow size-4" /> : icon}
      {children}
    </button>
  );
}

/** A button that is only an icon; its name is spoken and shown on hover. */
export function IconButton({
  label,
  children,
  className,
  ...rest
}: ComponentProps<"button"> & { label: string }) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={label}
      className={classNames(
        "inline-flex size-8 shrink-0 items-center justify-center rounded text-ink-2 transition-colors duration-100 hover:bg-sunken hover:text-ink disabled:opacity-40",
        className,
      )}
    >
      {children}
    </button>
  );
}
