import { Download } from "lucide-react";
import { useId, useRef, useState } from "react";
import { Button } from "#extension/ui/button.tsx";
import { text } from "#extension/ui/messages.ts";
import { Modal } from "#extension/ui/modal.tsx";
import { Banner, ProgressBar, SkeletonRows } from "#extension/ui/notices.tsx";
import { useAction } from "#extension/ui/use-action.ts";
import { syncSoon } from "../inventory/sync-soon.ts";
import { ImportPreview, RowProblems } from "./import-preview.tsx";
import { readShopify, type ReadImport } from "./read-shopify.ts";
import { filesByKey, runImport, type ImportReport } from "./run-import.ts";
import { words } from "./words.ts";

const saveReport = (report: ImportReport | ReadImport) => {
  const quote = (s: string) => `"${s.replaceAll('"', '""')}"`;
  const lines = [
    "Row,Item,Problem",
    ...report.problems.map((p) => [String(p.line), quote(p.title), quote(p.message)].join(",")),
  ];
  const url = URL.createObjectURL(new Blob([lines.join("\r\n")], { type: "text/csv" }));
  Object.assign(document.createElement("a"), { href: url, download: "hawker-import-problems.csv" }).click();
  URL.revokeObjectURL(url);
};

function FilePick({
  label,
  hint,
  accept,
  multiple,
  onPick,
}: {
  label: string;
  hint?: string;
  accept: string;
  multiple?: boolean;
  onPick: (files: File[]) => void;
}) {
  const id = useId();
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-sm font-medium text-ink-2">
        {label}
      </label>
      <input
        id={id}
        type="file"
        accept={accept}
        multiple={multiple}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(e) => onPick([...(e.target.files ?? [])])}
        className="w-full rounded border border-dashed border-line-strong bg-sunken p-3 text-sm file:mr-3 file:h-8 file:rounded-sm file:border file:border-line-strong file:bg-surface file:px-3 file:text-ink"
      />
      {hint ? (
        <p id={`${id}-hint`} className="text-sm text-ink-3">
          {hint}
        </p>
      ) : null}
    </div>
  );
}

export function ImportDialog({ onClose }: { onClose: () => void }) {
  const [read, setRead] = useState<ReadImport | null>(null);
  const [files, setFiles] = useState<ReadonlyMap<string, File>>(new Map());
  const [progress, setProgress] = useState<{ done: number; title: string } | null>(null);
  const [report, setReport] = useState<ImportReport | null>(null);
  const stop = useRef(new AbortController());
  const { busy, error, run } = useAction();
  const rows = read?.rows ?? [];

  const choose = (chosen: File[]) => {
    setRead(null);
    const [file] = chosen;
    if (file) void run(async () => setRead(await readShopify(file)));
  };
  const start = () =>
    run(async () => {
      stop.current = new AbortController();
      setProgress({ done: 0, title: "" });
      setReport(
        await runImport(rows, files, (done, title) => setProgress({ done, title }), stop.current.signal),
      );
      syncSoon();
    });
  const close = () => {
    stop.current.abort();
    onClose();
  };
  const problems = (report ?? read)?.problems ?? [];
  const running = busy && progress !== null;

  return (
    <Modal
      open
      wide
      onClose={close}
      title={words.title}
      description={words.lead}
      footer={
        <>
          {problems.length > 0 ? (
            <Button
              kind="quiet"
              icon={<Download aria-hidden className="size-4" />}
              onClick={() => saveReport((report ?? read) as ReadImport)}
            >
              {words.report}
            </Button>
          ) : null}
          {report ? (
            <Button kind="primary" onClick={close}>
              {text.done}
            </Button>
          ) : running ? (
            <Button onClick={() => stop.current.abort()}>{words.stop}</Button>
          ) : (
            <>
              <Button onClick={close}>{text.cancel}</Button>
              <Button kind="primary" busy={busy} disabled={rows.length === 0} onClick={() => void start()}>
                {words.import(rows.length)}
              </Button>
            </>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {error ? <Banner meaning="failed">{error}</Banner> : null}
        {report ? (
          <>
            <Banner meaning={report.items > 0 ? "ok" : "failed"}>
              {words.done(report.items, report.photos)}
            </Banner>
            {report.problems.length > 0 ? (
              <RowProblems
                title={words.notImported(report.problems.length)}
                problems={report.problems}
                meaning="failed"
              />
            ) : null}
          </>
        ) : running ? (
          <div role="status" className="flex flex-col gap-2">
            <p className="truncate">{words.working(progress.done, rows.length, progress.title)}</p>
            <ProgressBar percent={(progress.done / Math.max(1, rows.length)) * 100} label={words.progress} />
          </div>
        ) : (
          <>
            <FilePick label={words.csv} accept=".csv,text/csv" onPick={choose} />
            <FilePick
              label={words.photos}
              hint={words.photosHint}
              accept="image/*,.heic,.heif"
              multiple
              onPick={(f) => setFiles(filesByKey(f))}
            />
            {busy ? <SkeletonRows rows={3} /> : read ? <ImportPreview read={read} files={files} /> : null}
          </>
        )}
      </div>
    </Modal>
  );
}
