/** How a phase of the engine ended, as the story of a posting takes it. */
import type { Ending } from "../posting/index.ts";
import type { Filled, Pressed } from "./carry-out.ts";
import type { PhaseEnd, RefusedWhy } from "./phase.ts";

const endingOfRefusal = (why: RefusedWhy): Ending => {
  if (why.code !== "steps") return { code: "page", why: why.code };
  // What the person changed is asked about first, all of it at once: their "Continue" is about the form as it stands.
  const theirs = why.stuck.filter(({ reason }) => reason === "changed-by-hand");
  const [stuck] = [...theirs, ...why.stuck];
  if (!stuck) return { code: "page", why: "unfinished" };
  return {
    code: "field",
    label: theirs.length > 0 ? listed(theirs.map(({ label }) => label)) : stuck.label,
    reason: stuck.reason ?? "not-verified",
    ...(stuck.detail ? { detail: stuck.detail } : {}),
  };
};

/** "Title", "Title and Price", "Title, Price and Brand". */
const listed = (names: readonly string[]): string =>
  [names.slice(0, -1).join(", "), names.slice(-1)].filter((part) => part.length > 0).join(" and ");

export function phaseAsFilled(end: PhaseEnd<unknown>): Filled {
  switch (end.kind) {
    case "complete":
      return { kind: "filled" };
    case "stopped":
      return { kind: "stopped", stop: end.stop };
    case "refused":
      return { kind: "refused", ending: endingOfRefusal(end.why) };
    case "pressed":
      if (end.by === "person") return { kind: "pressed" };
      throw new Error("The page tells of a press that filling it cannot have made.");
    case "void":
      throw new Error("Filling asks for no permit.");
  }
}

export function phaseAsPressed(end: PhaseEnd<unknown>): Pressed {
  switch (end.kind) {
    case "pressed":
      // Lost with the page after the permit was given: it may have happened, and then it was Hawker's.
      return { kind: "pressed", by: end.by === "person" ? "person" : "hawker" };
    case "void":
      return { kind: "unpressed" };
    case "stopped":
      return { kind: "stopped", stop: end.stop };
    case "refused":
      return { kind: "refused", ending: endingOfRefusal(end.why) };
    case "complete":
      return { kind: "refused", ending: { code: "page", why: "unfinished" } };
  }
}
