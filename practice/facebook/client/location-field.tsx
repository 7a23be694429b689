import { useEffect, useRef, useState } from "react";
import { query } from "./api.ts";

/** The place: typed text only searches; what counts is the option picked. Left without a pick it goes back. */
export function LocationField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [text, setText] = useState(value);
  const [options, setOptions] = useState<readonly string[]>([]);
  const [open, setOpen] = useState(false);
  const ticket = useRef(0);
  useEffect(() => setText(value), [value]);

  const search = async (typed: string) => {
    setText(typed);
    const mine = ++ticket.current;
    if (!typed.trim()) return setOpen(false);
    const { locations } = await query<{ locations: string[] }>("MarketplaceLocationSearchQuery", {
      query: typed,
    });
    if (mine !== ticket.current) return;
    setOptions(locations);
    setOpen(true);
  };
  const pick = (place: string) => {
    ticket.current += 1;
    onChange(place);
    setText(place);
    setOpen(false);
  };
  return (
    <div className="field place">
      <label className="box">
        <div className="box-inner">
          <span className="box-name">Location</span>
          <input
            type="text"
            role="combobox"
            aria-label="Location"
            aria-autocomplete="list"
            aria-expanded={open}
            className="control"
            autoComplete="off"
            value={text}
            onChange={(event) => void search(event.target.value)}
            onBlur={() => {
              setOpen(false);
              setText(value);
            }}
            onKeyDown={(event) => {
              if (event.key === "Enter" && open && options[0]) {
                event.preventDefault();
                pick(options[0]);
              }
            }}
          />
        </div>
      </label>
      {open ? (
        <ul role="listbox" aria-label="Suggested locations" className="list">
          {options.map((place) => (
            <li
              key={place}
              role="option"
              aria-selected={place === value}
              className="row"
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => pick(place)}
            >
              <div className="row-name">{place}</div>
              <div className="row-note">City</div>
            </li>
          ))}
          {options.length ? null : <li className="row-note row">No places found</li>}
        </ul>
      ) : null}
    </div>
  );
}
