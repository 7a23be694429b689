import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import { useRef, type ReactNode } from "react";
import { IconButton } from "./button.tsx";
import { classNames } from "./class-names.ts";
import { text } from "./messages.ts";

/** A dialog with a title, a scrolling body and a footer that stays. */
export function Modal({
  title,
  description,
  open,
  onClose,
  children,
  footer,
  wide = false,
}: {
  title: string;
  description?: ReactNode;
  open: boolean;
  onClose: () => void;
  children: ReactNode;
  footer?: ReactNode;
  wide?: boolean;
}) {
  const opener = useRef<Element | null>(null);
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-[rgb(10_14_20/0.5)]" />
        <Dialog.Content
          tabIndex={-1}
          onOpenAutoFocus={(event) => {
            // The dialog itself, so that its title is read first and no button looks chosen.
            event.preventDefault();
            opener.current = document.activeElement;
            (event.currentTarget as HTMLElement).focus();
          }}
          onCloseAutoFocus={(event) => {
            // Back to what opened it: Radix knows only of triggers of its own.
            event.preventDefault();
            if (opener.current instanceof HTMLElement) opener.current.focus();
          }}
          {...(description ? {} : { "aria-describedby": undefined })}
          className={classNames(
            "animate-in fixed focus:outline-none top-1/2 left-1/2 z-50 flex max-h-[92vh] w-[calc(100vw-24px)] -translate-x-1/2 -translate-y-1/2 flex-col rounded border border-line bg-raised shadow-pop",
            wide ? "max-w-3xl" : "max-w-xl",
          )}
        >
          <header
            className={classNames(
              "flex gap-3 border-b border-line px-4 py-3",
              description ? "items-start" : "items-center",
            )}
          >
            <div className="min-w-0 flex-1">
              <Dialog.Title className="line-clamp-2 text-lg font-semibold">{title}</Dialog.Title>
              {description ? (
                <Dialog.Description className="mt-0.5 text-sm text-ink-2">{description}</Dialog.Description>
              ) : null}
            </div>
            <IconButton label={text.close} onClick={onClose}>
              <X aria-hidden className="size-4" />
            </IconButton>
          </header>
          <div className="relative min-h-0 flex-1 overflow-y-auto p-4">{children}</div>
          {footer ? (
            <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-4 py-3">
              {footer}
            </footer>
          ) : null}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
