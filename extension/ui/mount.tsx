/** Puts a page's root on screen: the same error border and toasts everywhere. */
import { StrictMode, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import "./tokens.css";
import { ErrorBorder } from "./error-border.tsx";
import { Toasts } from "./toasts.tsx";

export const mount = (page: ReactNode): void => {
  const root = document.getElementById("root");
  if (!root) throw new Error("This page has no #root element to draw into.");
  createRoot(root).render(
    <StrictMode>
      <ErrorBorder>{page}</ErrorBorder>
      <Toasts />
    </StrictMode>,
  );
};
