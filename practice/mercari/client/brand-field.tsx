import { useCombobox } from "downshift";
import { useEffect, useRef, useState, type FocusEvent } from "react";
import { brands } from "../options.ts";
import { call } from "./api.ts";

interface Props {
  readonly brand: string;
  readonly noBrand: boolean;
  readonly title: string;
  readonly error: string | undefined;
  readonly onChange: (brand: string, noBrand: boolean) => void;
  readonly onBlur: () => void;
}

const exact = (text: string): string =>
  brands.find((brand) => brand.toLowerCase() === text.trim().toLowerCase()) ?? "";

/** The brands of the seller's country, searched on the server. Only a brand of the list counts. */
export function BrandField({ brand, noBrand, title, error, onChange, onBlur }: Props) {
  const [text, setText] = useState(brand);
  const [found, setFound] = useState<readonly string[]>([]);
  const latest = useRef(0);
  useEffect(() => setText(brand), [brand]);

  const search = async (query: string) => {
    const ticket = ++latest.current;
    const { brands: answer } = await call<{ brands: string[] }>("searchBrands", { query }).catch(() => ({
      brands: [],
    }));
    if (ticket === latest.current) setFound(answer);
  };

  const { isOpen, highlightedIndex, getInputProps, getMenuProps, getItemProps, getLabelProps } =
    useCombobox<string>({
      inputId: "sellBrandId",
      labelId: "sellBrandLabel",
      menuId: "sellBrandMenu",
      items: [...found],
      inputValue: text,
      selectedItem: brand || null,
      onInputValueChange: ({ inputValue, type }) => {
        if (type !== useCombobox.stateChangeTypes.InputChange) return;
        setText(inputValue);
        void search(inputValue);
      },
      onSelectedItemChange: ({ selectedItem }) => {
        onChange(selectedItem ?? "", false);
        setText(selectedItem ?? "");
      },
    });
  // A typed brand counts when it is exactly one of the list; anything else is taken back.
  const leave = (event: FocusEvent<HTMLInputElement>) => {
    const typed = exact(event.target.value);
    if (typed !== brand) onChange(typed, noBrand && !typed);
    setText(typed);
    onBlur();
  };
  const suggested = brands.filter((each) => title.toLowerCase().includes(each.toLowerCase())).slice(0, 3);

  return (
    <div className="field">
      <label className="label" {...getLabelProps()}>
        Brand
      </label>
      <div className="combo">
        <input
          {...getInputProps({ onBlur: leave })}
          className="input"
          data-testid="Brand"
          name="sellBrand"
          placeholder="Enter a brand"
          disabled={noBrand}
        />
        <ul {...getMenuProps()} className={isOpen && found.length ? "menu" : "menu-closed"}>
          {isOpen
            ? found.map((item, index) => (
                <li
                  key={item}
                  {...getItemProps({ item, index })}
                  className={index === highlightedIndex ? "option option-active" : "option"}
                >
                  {item}
                </li>
              ))
            : null}
        </ul>
      </div>
      {suggested.length && !brand ? (
        <div className="chips">
          <span>Suggested brands:</span>
          {suggested.map((each) => (
            <button
              key={each}
              type="button"
              className="chip"
              data-testid={`SuggestedBrand-${each}`}
              onClick={() => onChange(each, false)}
            >
              {each}
            </button>
          ))}
        </div>
      ) : null}
      <div className="no-brand" data-testid="NoBrandLink">
        <input
          type="checkbox"
          checked={noBrand}
          aria-label="No brand / Not sure"
          onChange={(event) => onChange("", event.target.checked)}
        />
        <span>No brand / Not sure</span>
      </div>
      {error ? <p className="error">{error}</p> : null}
    </div>
  );
}
