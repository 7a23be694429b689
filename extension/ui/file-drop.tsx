import { FileCheck, Upload } from "lucide-react";
import { useId, useState } from "react";
import { classNames } from "./class-names.ts";

/** A place to drop files on or to choose them with; the input itself lies over it, so that the browser does both. */
export function FileDrop({
  label,
  hint,
  prompt,
  chosen,
  accept,
  multiple = false,
  onPick,
}: {
  label: string;
  hint?: string;
  prompt: string;
  /** What was chosen, in words; nothing yet when empty. */
  chosen: string;
  accept: string;
  multiple?: boolean;
  onPick: (files: File[]) => void;
}) {
  const id = useId();
  const [over, setOver] = useState(false);
  const Icon = chosen ? FileCheck : Upload;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-sm font-medium text-ink-2">
        {label}
      </label>
      <div
        onDragEnter={() => setOver(true)}
        onDragLeave={() => setOver(false)}
        onDrop={() => setOver(false)}
        className={classNames(
          "relative flex min-h-20 flex-1 items-center gap-3 rounded border border-dashed p-4 transition-colors duration-100",
          "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent",
          over
            ? "border-accent bg-accent-soft"
            : chosen
              ? "border-line-strong bg-surface hover:bg-sunken"
              : "border-line-strong bg-sunken hover:border-accent",
        )}
      >
        <Icon aria-hidden className={classNames("size-6 shrink-0", chosen ? "text-ok" : "text-ink-3")} />
        <div className="min-w-0 flex-1">
          <p className={classNames("truncate", chosen ? "font-medium" : "text-ink-2")}>{chosen || prompt}</p>
          {hint ? (
            <p id={`${id}-hint`} className="text-sm text-ink-3">
              {hint}
            </p>
          ) : null}
        </div>
        <input
          id={id}
          type="file"
          accept={accept}
          multiple={multiple}
          aria-describedby={hint ? `${id}-hint` : undefined}
          onChange={(e) => onPick([...(e.target.files ?? [])])}
          className="absolute inset-0 cursor-pointer opacity-0"
        />
      </div>
    </div>
  );
}
