import { CircleAlert } from "lucide-react";
import { Component, type ReactNode } from "react";
import { Button } from "./button.tsx";
import { text } from "./messages.ts";
import { EmptyPlace, sentenceOf } from "./notices.tsx";

/** What throws inside is said in its place, with a retry; what is around it goes on. */
export class ErrorBorder extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };
  static getDerivedStateFromError(error: unknown) {
    return { error };
  }
  override render() {
    if (this.state.error === null) return this.props.children;
    return (
      <div role="alert">
        <EmptyPlace
          icon={<CircleAlert aria-hidden />}
          title={text.placeFailed}
          action={
            <Button kind="primary" onClick={() => this.setState({ error: null })}>
              {text.tryAgain}
            </Button>
          }
        >
          {sentenceOf(this.state.error)}
        </EmptyPlace>
      </div>
    );
  }
}
