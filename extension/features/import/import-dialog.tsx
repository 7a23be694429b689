import { Download } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "#extension/ui/button.tsx";
import { FileDrop } from "#extension/ui/file-drop.tsx";
import { text } from "#extension/ui/messages.ts";
import { Modal } from "#extension/ui/modal.tsx";
import { Banner, ProgressBar, SkeletonRows } from "#extension/ui/notices.tsx";
import { useAction } from "#extension/ui/use-action.ts";
import { syncSoon } from "../inventory/sync-soon.ts";
import { ImportPreview, RowProblems } from "./import-preview.tsx";
import { readShopify, type ReadImport } from "./read-shopify.ts";
import { filesByKey, runImport, type ImportReport, type RowProblem } from "./run-import.ts";
import { words } from "./words.ts";

const saveReport = (problems: readonly RowProblem[]) => {
  const quote = (s: string) => `"${s.replaceAll('"', '""')}"`;
  const lines = [
    "Row,Item,Problem",
    ...problems.map((p) => [String(p.line), quote(p.title), quote(p.message)].join(",")),
  ];
  const url = URL.createObjectURL(new Blob([lines.join("\r\n")], { type: "text/csv" }));
  Object.assign(document.createElement("a"), { href: url, download: "hawker-import-problems.csv" }).click();
  URL.revokeObjectURL(url);
};

export function ImportDialog({ onClose }: { onClose: () => void }) {
  const [read, setRead] = useState<ReadImport | null>(null);
  const [csvName, setCsvName] = useState("");
  const [files, setFiles] = useState<ReadonlyMap<string, File>>(new Map());
  const [progress, setProgress] = useState<{ done: number; title: string } | null>(null);
  const [report, setReport] = useState<ImportReport | null>(null);
  const stop = useRef(new AbortController());
  const { busy, error, run } = useAction();
  const [twice, setTwice] = useState(false);
  const rows = read?.rows.filter((row) => twice || !read.here.has(row)) ?? [];

  const choose = (chosen: File[]) => {
    setRead(null);
    setTwice(false);
    const [file] = chosen;
    setCsvName(file?.name ?? "");
    if (file) void run(async () => setRead(await readShopify(file)));
  };
  const start = () =>
    run(async () => {
      stop.current = new AbortController();
      setProgress({ done: 0, title: "" });
      setReport(
        await runImport({
          rows,
          files,
          onProgress: (done, title) => setProgress({ done, title }),
          signal: stop.current.signal,
        }),
      );
      syncSoon();
    });
  const close = () => {
    stop.current.abort();
    onClose();
  };
  // What was left out before the import and what failed in it, in the order of the file.
  const problems = [...(read?.problems ?? []), ...(report?.problems ?? [])].sort((a, b) => a.line - b.line);
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
          {problems.length > 0 && !running ? (
            <Button
              kind="quiet"
              icon={<Download aria-hidden className="size-4" />}
              onClick={() => saveReport(problems)}
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
            {problems.length > 0 ? (
              <RowProblems title={words.notImported(problems.length)} problems={problems} meaning="failed" />
            ) : null}
          </>
        ) : running ? (
          <div role="status" className="flex flex-col gap-2">
            <p className="truncate">{words.working(progress.done, rows.length, progress.title)}</p>
            <ProgressBar percent={(progress.done / Math.max(1, rows.length)) * 100} label={words.progress} />
          </div>
        ) : (
          <>
            <div className="grid gap-4 sm:grid-cols-2">
              <FileDrop
                label={words.csv}
                prompt={words.dropCsv}
                hint={words.csvHint}
                chosen={csvName}
                accept=".csv,text/csv"
                onPick={choose}
              />
              <FileDrop
                label={words.photos}
                prompt={words.dropPhotos}
                hint={words.photosHint}
                chosen={files.size > 0 ? words.chosenPhotos(files.size) : ""}
                accept="image/*,.heic,.heif"
                multiple
                onPick={(f) => setFiles(filesByKey(f))}
              />
            </div>
            {busy ? (
              <SkeletonRows rows={3} />
            ) : read ? (
              <ImportPreview read={read} rows={rows} files={files} twice={twice} onTwice={setTwice} />
            ) : null}
          </>
        )}
      </div>
    </Modal>
  );
}
