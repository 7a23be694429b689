/** The preview is read from the plan, so that what is shown is what is sent. */
import type { ControlValue, Plan } from "../plan/plan.ts";

export type PreviewLine = { field: string; label: string; value: string };

const shown = (value: ControlValue): string => {
  switch (value.kind) {
    case "text":
    case "richText":
    case "money":
      return value.text;
    case "choice":
    case "search":
      return value.accept[0] ?? "";
    case "path":
      return value.path.join(" > ");
    case "switch":
      return value.on ? "on" : "off";
    case "chips":
      return value.texts.join(", ");
    case "photos":
      return `${value.photoIds.length} photo${value.photoIds.length === 1 ? "" : "s"}`;
  }
};

/** Lines for everything a plan sets; `words` gives, by step id, what a gesture or a bare value means to a person. */
export const previewOfPlan = (plan: Plan, words: Readonly<Record<string, string>> = {}): PreviewLine[] =>
  plan.fill.flatMap((step) => {
    if (step.kind !== "fill" && step.kind !== "gesture") return [];
    const value = words[step.id] ?? (step.kind === "fill" ? shown(step.value) : "");
    return value === "" ? [] : [{ field: step.field, label: step.label, value }];
  });
