import { Search } from 'lucide-react';

interface SearchFieldProps {
  /** What it filters, for those who cannot see where it stands: "Filter principals". */
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  /** Units: characters. */
  readonly most: number;
  readonly onValue: (value: string) => void;
}

/** The filter of a list as text. */
export function SearchField({ label, placeholder, value, most, onValue }: SearchFieldProps) {
  return (
    <label className="search-field search-field-wide">
      <Search size={14} strokeWidth={1.5} aria-hidden="true" />
      <span className="visually-hidden">{label}</span>
      <input
        type="search"
        value={value}
        maxLength={most}
        placeholder={placeholder}
        spellCheck={false}
        onChange={(event) => {
          onValue(event.target.value);
        }}
      />
    </label>
  );
}
