import { useEffect, useEffectEvent } from "react";

type Keys = {
  next: () => void;
  previous: () => void;
  select: () => void;
  crosspost: () => void;
  open: () => void;
  search: () => void;
};

/** `/ j k x c Enter`, when nobody is typing and no dialog is open. */
export const useListKeys = (keys: Keys): void => {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    const typing =
      /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
      (target.tagName === "INPUT" && (target as HTMLInputElement).type !== "checkbox");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("[role=dialog]"))
      return;
    const onControl = /^(A|BUTTON)$/.test(target.tagName);
    const action = {
      j: keys.next,
      k: keys.previous,
      x: keys.select,
      c: keys.crosspost,
      "/": keys.search,
      ...(onControl ? {} : { Enter: keys.open }),
    }[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
  useEffect(() => {
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
};
