import { CheckField } from "#extension/ui/field.tsx";
import { formatMoney } from "#extension/ui/format.ts";
import { Banner, MeaningIcon, type Meaning } from "#extension/ui/notices.tsx";
import type { ReadImport } from "./read-shopify.ts";
import { photoKey, type RowProblem } from "./run-import.ts";
import { words } from "./words.ts";

const SHOWN = 50;

export function RowProblems({
  title,
  problems,
  meaning,
}: {
  title: string;
  problems: RowProblem[];
  meaning: Meaning;
}) {
  return (
    <section aria-label={title} className="flex flex-col gap-1">
      <h3 className="flex items-center gap-2 font-semibold">
        <MeaningIcon meaning={meaning} />
        {title}
      </h3>
      <ul
        tabIndex={0}
        aria-label={title}
        className="max-h-40 divide-y divide-line overflow-y-auto rounded border border-line text-sm"
      >
        {problems.slice(0, SHOWN).map((p, i) => (
          <li key={i} className="flex gap-3 px-3 py-1.5">
            <span className="tabular w-16 shrink-0 text-ink-3">{words.row(p.line)}</span>
            <span className="min-w-0">
              {p.title ? <span className="font-medium">{p.title}: </span> : null}
              {p.message}
            </span>
          </li>
        ))}
      </ul>
      {problems.length > SHOWN ? (
        <p className="text-sm text-ink-3">{words.more(problems.length - SHOWN)}</p>
      ) : null}
    </section>
  );
}

/** What the file says, or leaves open, about how many there are: once for the whole file, not row by row. */
function StockLines({ rows }: { rows: ReadImport["rows"] }) {
  const lines = (["sold-out", "uncounted", "unknown"] as const).flatMap((kind) => {
    const n = rows.filter((row) => row.stock === kind).length;
    return n > 0 ? [{ kind, text: words.stock[kind](n) }] : [];
  });
  return lines.map(({ kind, text }) => (
    <p key={kind} className="flex gap-2 text-sm text-ink-2">
      <MeaningIcon meaning="attention" className="mt-0.5 shrink-0" />
      {text}
    </p>
  ));
}

type PreviewProps = {
  read: ReadImport;
  /** Those that will be imported. */
  rows: ReadImport["rows"];
  files: ReadonlyMap<string, File>;
  /** What the inventory has already is imported once more. */
  twice: boolean;
  onTwice: (twice: boolean) => void;
};

export function ImportPreview({ read, rows, files, twice, onTwice }: PreviewProps) {
  const { problems, notes, here } = read;
  if (read.rows.length === 0 && problems.length === 0 && notes.length === 0)
    return <Banner meaning="attention">{words.noRows}</Banner>;
  const named = rows.flatMap((r) => r.photos.map((p) => photoKey(p.name)));
  const found = named.filter((n) => files.has(n)).length;
  return (
    <div className="flex flex-col gap-4">
      {problems.length > 0 ? (
        <div className="flex flex-col gap-1">
          <RowProblems title={words.errors(problems.length)} problems={problems} meaning="failed" />
          <p className="text-sm text-ink-3">{words.errorsHint}</p>
        </div>
      ) : null}
      {notes.length > 0 ? (
        <RowProblems title={words.warnings(notes.length)} problems={notes} meaning="attention" />
      ) : null}
      {here.size > 0 ? (
        <CheckField
          label={words.twice(here.size)}
          hint={twice ? words.twiceHint : words.onceHint(here.size)}
          checked={twice}
          onChange={(event) => onTwice(event.target.checked)}
        />
      ) : null}
      <section aria-label={words.preview} className="flex flex-col gap-1">
        <h3 className="font-semibold">{words.willImport(rows.length)}</h3>
        <p className="text-sm text-ink-2">{words.photoMatch(found, named.length - found)}</p>
        <StockLines rows={rows} />
        <div
          tabIndex={0}
          role="region"
          aria-label={words.preview}
          className="max-h-64 overflow-y-auto rounded border border-line"
        >
          <table className="w-full text-sm">
            <thead className="sticky top-0 bg-sunken text-left text-ink-2">
              <tr>
                <th scope="col" className="px-3 py-1.5 font-medium">
                  {words.columns.item}
                </th>
                <th scope="col" className="px-3 py-1.5 text-right font-medium">
                  {words.columns.price}
                </th>
                <th scope="col" className="px-3 py-1.5 text-right font-medium">
                  {words.columns.photos}
                </th>
              </tr>
            </thead>
            <tbody className="divide-y divide-line">
              {rows.slice(0, SHOWN).map((r) => (
                <tr key={r.line}>
                  <td className="max-w-0 truncate px-3 py-1.5" style={{ width: "70%" }}>
                    {r.fields.title}
                  </td>
                  <td className="tabular px-3 py-1.5 text-right">{formatMoney(r.fields.price)}</td>
                  <td className="tabular px-3 py-1.5 text-right">
                    {r.photos.filter((p) => files.has(photoKey(p.name))).length} / {r.photos.length}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {rows.length > SHOWN ? <p className="text-sm text-ink-3">{words.more(rows.length - SHOWN)}</p> : null}
      </section>
    </div>
  );
}
