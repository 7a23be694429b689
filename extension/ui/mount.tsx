/** Puts a page's root on screen: the same error border and toasts everywhere. */
import { Component, StrictMode, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import "./tokens.css";
import { Problem } from "./notices.tsx";
import { Toasts } from "./toasts.tsx";

class ErrorBorder extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };
  static getDerivedStateFromError(error: unknown) {
    return { error };
  }
  override render() {
    if (this.state.error === null) return this.props.children;
    return (
      <div className="p-4">
        <Problem error={this.state.error} onRetry={() => location.reload()} />
      </div>
    );
  }
}

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
