import { useState } from "react";
import { allPaths, categoryTree } from "../options.ts";
import { Dialog } from "./dialog.tsx";

interface Props {
  readonly value: string;
  readonly title: string;
  readonly error: string | undefined;
  readonly onChange: (path: string) => void;
}

/** The search is literal: it knows no "&", and it finds the leaves of every department. */
function search(query: string): string[] {
  const wanted = query.trim().toLowerCase();
  if (!wanted || wanted.includes("&")) return [];
  return allPaths.filter((path) => path.toLowerCase().includes(wanted)).slice(0, 40);
}

/** Paths that share a word with the title. */
function suggest(title: string): string[] {
  const words = title.toLowerCase().match(/[a-z]{4,}/g) ?? [];
  return allPaths
    .filter((path) => words.some((word) => path.toLowerCase().includes(word.replace(/s$/, ""))))
    .slice(0, 4);
}

export function CategoryField({ value, title, error, onChange }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <div className="field">
      <label className="label" id="category-label">
        Category
      </label>
      <button
        type="button"
        className="select-button"
        data-testid="SellCategoryFieldButton"
        onClick={() => setOpen(true)}
      >
        <span className={value ? "" : "placeholder"}>{value || "Select category"}</span>
        <span className="chevron">›</span>
      </button>
      {error ? <p className="error">{error}</p> : null}
      {open ? (
        <CategoryDialog
          title={title}
          onClose={() => setOpen(false)}
          onPick={(path) => {
            onChange(path);
            setOpen(false);
          }}
        />
      ) : null}
    </div>
  );
}

const Row = ({ text, more, onPick }: { text: string; more: boolean; onPick: () => void }) => (
  <button type="button" className="CategoryDialog__ButtonWrapper-sc-7f21c7e9-3" onClick={onPick}>
    <p>{text}</p>
    {more ? <span className="chevron">›</span> : null}
  </button>
);

function CategoryDialog({
  title,
  onClose,
  onPick,
}: {
  title: string;
  onClose: () => void;
  onPick: (path: string) => void;
}) {
  const [query, setQuery] = useState("");
  const [trail, setTrail] = useState<readonly string[]>([]);
  const [root, group] = trail;
  const names =
    root === undefined
      ? Object.keys(categoryTree)
      : group === undefined
        ? Object.keys(categoryTree[root] ?? {})
        : (categoryTree[root]?.[group] ?? []);
  const pick = (name: string) =>
    trail.length === 2 ? onPick([...trail, name].join(" > ")) : setTrail([...trail, name]);
  const found = search(query);
  const suggested = suggest(title);

  return (
    <Dialog title="Category" onClose={onClose}>
      <input
        className="input"
        type="text"
        placeholder="Search category"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      {query.trim() ? (
        <div className="rows">
          {found.map((path) => (
            <Row key={path} text={path} more={false} onPick={() => onPick(path)} />
          ))}
          {found.length ? null : <p className="none">No results for "{query}"</p>}
        </div>
      ) : (
        <div className="rows">
          {trail.length === 0 && suggested.length ? (
            <>
              <h3>Suggested</h3>
              {suggested.map((path) => (
                <Row key={path} text={path} more={false} onPick={() => onPick(path)} />
              ))}
            </>
          ) : null}
          {trail.length ? (
            <div className="crumbs">
              <button
                type="button"
                aria-label="Back"
                className="back"
                onClick={() => setTrail(trail.slice(0, -1))}
              >
                ‹
              </button>
              <p>{trail.join(" > ")}</p>
            </div>
          ) : (
            <h3>All Categories</h3>
          )}
          {names.map((name) => (
            <Row key={name} text={name} more={trail.length < 2} onPick={() => pick(name)} />
          ))}
        </div>
      )}
    </Dialog>
  );
}
