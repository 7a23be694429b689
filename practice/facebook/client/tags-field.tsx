import { useState } from "react";
import { limits } from "../options.ts";
import { Press, TextField } from "./parts.tsx";

export function TagsField({
  tags,
  onChange,
}: {
  tags: readonly string[];
  onChange: (tags: readonly string[]) => void;
}) {
  const [text, setText] = useState("");
  const add = () => {
    const tag = text.trim().replace(/^#/, "");
    if (tag && tags.length < limits.tags && !tags.includes(tag)) onChange([...tags, tag]);
    setText("");
  };
  return (
    <div>
      <TextField
        label="Product tags"
        value={text}
        help={`Optional. Limit: ${limits.tags}. Press Enter after each.`}
        onChange={setText}
        onEnter={add}
      />
      {tags.length ? (
        <div className="chips">
          {tags.map((tag) => (
            <span key={tag} className="chip chip-set">
              <span>{tag}</span>
              <Press
                label={`Remove ${tag}`}
                kind="plain"
                onPress={() => onChange(tags.filter((each) => each !== tag))}
              >
                <i>✕</i>
              </Press>
            </span>
          ))}
        </div>
      ) : null}
    </div>
  );
}
