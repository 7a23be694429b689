import { Component, type ReactNode } from "react";
import { Problem } from "./notices.tsx";

/** What throws inside is said in its place, with a retry; what is around it goes on. */
export class ErrorBorder extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };
  static getDerivedStateFromError(error: unknown) {
    return { error };
  }
  override render() {
    if (this.state.error === null) return this.props.children;
    return (
      <div className="w-full max-w-3xl p-3 sm:p-6">
        <Problem error={this.state.error} onRetry={() => this.setState({ error: null })} />
      </div>
    );
  }
}
