/** What other tabs and devices replaced here, newest first, each with a way back. Loud where two did not see each other. */
import { useLiveQuery } from "dexie-react-hooks";
import type { Item } from "#core/item/item.ts";
import { database } from "#extension/store/database.ts";
import { differs } from "#extension/store/merge.ts";
import type { EarlierRow } from "#extension/store/rows.ts";
import { Button } from "#extension/ui/button.tsx";
import { text } from "#extension/ui/messages.ts";
import { Banner, sentenceOf } from "#extension/ui/notices.tsx";
import { TimeAgo } from "#extension/ui/time-ago.tsx";
import { toasts } from "#extension/ui/toasts.tsx";
import { valueText } from "./field-text.ts";
import { keyOf } from "./spots.ts";
import type { Draft } from "./use-draft.ts";
import { words } from "./words.ts";

const forget = (id: number) => database.earlier.delete(id);

const useAgain = async (draft: Draft, { id, field, value }: EarlierRow): Promise<void> => {
  const groups = field === "overrides" ? [] : [keyOf({ channel: null, field, part: null })];
  await draft.change(() => ({ [field]: value }), groups);
  await forget(id);
};

function Value({ row, draft }: { row: EarlierRow; draft: Draft }) {
  const name = text.fields[row.field] ?? words.differences;
  const attempt = (action: Promise<unknown>) => {
    action.catch((cause: unknown) => toasts.show(sentenceOf(cause), { meaning: "failed" }));
  };
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-1.5">
      <span className="min-w-40 flex-1 break-words">
        <span className="font-medium">{name}</span>: {valueText(row.field, row.value)}{" "}
        <span className="text-sm text-ink-3">
          <TimeAgo iso={row.at} />
        </span>
      </span>
      <span className="flex gap-1">
        <Button small aria-label={words.useAgainName(name)} onClick={() => attempt(useAgain(draft, row))}>
          {words.useAgain}
        </Button>
        <Button
          small
          kind="quiet"
          aria-label={words.forgetName(name)}
          onClick={() => attempt(forget(row.id))}
        >
          {words.forget}
        </Button>
      </span>
    </li>
  );
}

export function EarlierValues({ item, draft }: { item: Item; draft: Draft }) {
  const rows = useLiveQuery(
    () => database.earlier.where("itemId").equals(item.id).reverse().sortBy("id"),
    [item.id],
  );
  const gone = (rows ?? []).filter((row) => differs(row.value, item[row.field]));
  const list = (some: EarlierRow[]) => (
    <ul aria-label={words.replaced} className="divide-y divide-line">
      {some.map((row) => (
        <Value key={row.id} row={row} draft={draft} />
      ))}
    </ul>
  );
  const [unseen, seen] = [gone.filter((row) => row.unseen), gone.filter((row) => !row.unseen)];
  return (
    <>
      {unseen.length > 0 ? (
        <Banner meaning="attention">
          <p>{words.replacedUnseen}</p>
          {list(unseen)}
        </Banner>
      ) : null}
      {seen.length > 0 ? (
        <details>
          <summary className="text-sm font-medium text-ink-2">{words.replacedSeen(seen.length)}</summary>
          {list(seen)}
        </details>
      ) : null}
    </>
  );
}
