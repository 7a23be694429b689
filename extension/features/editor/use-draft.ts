/**
 * Autosave. What is typed is shown at once, written to the database a moment later and in any case when the field, the
 * page or the editor is left; what cannot be stored yet (an empty title) stays in the field with its reason.
 */
import { useLiveQuery } from "dexie-react-hooks";
import { useCallback, useEffect, useRef, useState } from "react";
import { ZodError } from "zod";
import type { Item, ItemFields } from "#core/item/item.ts";
import { database } from "#extension/store/database.ts";
import { editItem } from "#extension/store/items.ts";
import { sentenceOf } from "#extension/ui/notices.tsx";
import { syncSoon } from "../inventory/sync-soon.ts";

const SETTLE_MS = 300;
type Fields = Partial<ItemFields>;
export type Draft = {
  /** Undefined while reading, null when there is no such item. */
  item: Item | null | undefined;
  set: (edit: Fields) => void;
  flush: () => void;
  saving: boolean;
  errors: Partial<Record<string, string>>;
};

export const useDraft = (itemId: string): Draft => {
  const stored = useLiveQuery(async () => (await database.items.get(itemId)) ?? null, [itemId]);
  const [pending, setPending] = useState<Fields>({});
  const [errors, setErrors] = useState<Draft["errors"]>({});
  const waiting = useRef<Fields>({});
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const chain = useRef<Promise<void>>(Promise.resolve());

  const flush = useCallback(() => {
    clearTimeout(timer.current);
    const edit = waiting.current;
    if (Object.keys(edit).length === 0) return;
    waiting.current = {};
    const one = async (field: string, value: unknown) => {
      try {
        await editItem(itemId, { [field]: value } as Fields);
        setErrors(({ [field]: _, ...others }) => others);
        setPending((now) => {
          if (now[field as keyof Fields] !== value) return now;
          const { [field as keyof Fields]: _, ...rest } = now;
          return rest;
        });
      } catch (cause) {
        const message =
          cause instanceof ZodError ? (cause.issues[0]?.message ?? sentenceOf(cause)) : sentenceOf(cause);
        setErrors((now) => ({ ...now, [field]: message }));
      }
    };
    chain.current = chain.current.then(async () => {
      for (const [field, value] of Object.entries(edit)) await one(field, value);
      syncSoon();
    });
  }, [itemId]);

  const set = useCallback(
    (edit: Fields) => {
      waiting.current = { ...waiting.current, ...edit };
      setPending((now) => ({ ...now, ...edit }));
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, SETTLE_MS);
    },
    [flush],
  );

  useEffect(() => {
    addEventListener("pagehide", flush);
    document.addEventListener("visibilitychange", flush);
    return () => {
      removeEventListener("pagehide", flush);
      document.removeEventListener("visibilitychange", flush);
      flush();
    };
  }, [flush]);

  const item = stored ? { ...stored, ...pending } : stored;
  return { item, set, flush, saving: Object.keys(pending).some((f) => !errors[f]), errors };
};
