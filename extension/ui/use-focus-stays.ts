import { useLayoutEffect, useRef } from "react";

/**
 * Keeps the keyboard where it was when a pressed button goes away with its question: the focus falls to the element that held
 * it, and not to the top of the page. Its element takes the ref, the handler and `tabIndex={-1}`.
 */
export const useFocusStays = <E extends HTMLElement>() => {
  const ref = useRef<E>(null);
  const wasPressed = useRef(false);
  useLayoutEffect(() => {
    if (!wasPressed.current || document.activeElement !== document.body) return;
    wasPressed.current = false;
    ref.current?.focus({ preventScroll: true });
  });
  const onClickCapture = () => {
    wasPressed.current = ref.current?.contains(document.activeElement) ?? false;
  };
  return { ref, onClickCapture, tabIndex: -1 };
};
