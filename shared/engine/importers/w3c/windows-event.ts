/** The parts of a Windows event in XML that stand in a flat list. */
export interface WindowsEvent {
  readonly provider: string | undefined;
  readonly computer: string | undefined;
  /** When the event was written, as it stands. */
  readonly time: string | undefined;
  readonly data: readonly (readonly [name: string, value: string])[];
}

const OPENING = '<Data Name=';
const CLOSING = '</Data>';
/** More fields than any event has; a hostile line may hold a million. */
const MOST_FIELDS = 200;

/**
 * Reads one `<Event>…</Event>`; `undefined` when the text is not one.
 * Shape: no XML reader: elements are found by their names, the five entities of XML and character numbers are decoded, and
 *        nothing else is followed or expanded; entities of a DOCTYPE stay as they are written.
 * Cost:  one pass; nothing backtracks.
 */
export function readWindowsEvent(text: string): WindowsEvent | undefined {
  const start = text.trimStart();
  if (!start.startsWith('<Event ') && !start.startsWith('<Event>')) return undefined;
  if (!text.trimEnd().endsWith('</Event>')) return undefined;
  const data: [string, string][] = [];
  for (let at = text.indexOf(OPENING); at !== -1 && data.length < MOST_FIELDS; at = text.indexOf(OPENING, at)) {
    const nameAt = at + OPENING.length + 1;
    const quote = text[nameAt - 1];
    const nameEnd = quote === '"' || quote === "'" ? text.indexOf(quote, nameAt) : -1;
    const tagEnd = nameEnd === -1 ? -1 : text.indexOf('>', nameEnd);
    if (tagEnd === -1) return undefined;
    const name = undoEntities(text.slice(nameAt, nameEnd));
    if (text[tagEnd - 1] === '/') {
      at = tagEnd + 1;
      continue;
    }
    const valueEnd = text.indexOf(CLOSING, tagEnd);
    if (valueEnd === -1) return undefined;
    data.push([name, undoEntities(text.slice(tagEnd + 1, valueEnd))]);
    at = valueEnd + CLOSING.length;
  }
  return {
    provider: attributeOf(text, '<Provider ', 'Name'),
    computer: elementOf(text, 'Computer'),
    time: attributeOf(text, '<TimeCreated ', 'SystemTime'),
    data,
  };
}

function attributeOf(text: string, tag: string, name: string): string | undefined {
  const at = text.indexOf(tag);
  const end = at === -1 ? -1 : text.indexOf('>', at);
  if (end === -1) return undefined;
  const inside = text.slice(at, end);
  const from = inside.indexOf(` ${name}=`);
  const quote = from === -1 ? undefined : inside[from + name.length + 2];
  if (quote !== '"' && quote !== "'") return undefined;
  const valueAt = from + name.length + 3;
  const valueEnd = inside.indexOf(quote, valueAt);
  return valueEnd === -1 ? undefined : undoEntities(inside.slice(valueAt, valueEnd));
}

function elementOf(text: string, name: string): string | undefined {
  const at = text.indexOf(`<${name}>`);
  const end = at === -1 ? -1 : text.indexOf(`</${name}>`, at);
  return end === -1 ? undefined : undoEntities(text.slice(at + name.length + 2, end));
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const LAST_CODE_POINT = 0x10ffff;

function undoEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-z]{2,4}));/g, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code > 0 && code <= LAST_CODE_POINT ? String.fromCodePoint(code) : whole;
  });
}
