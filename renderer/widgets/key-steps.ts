/** One press of a key with what is held beside it. */
export interface KeyStep {
  /** `Ctrl`, or `⌘` on a Mac. */
  readonly mod: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  /** A character in lower case, or one of `NAMED`. */
  readonly key: string;
}

/** What a keyboard event says of a press. */
export interface KeyInput {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  /** True while AltGr is held, which systems report as Ctrl and Alt together. */
  readonly altGraph: boolean;
}

/** Names in the key syntax, by what the browser calls the key; and how each is printed. */
const NAMED: readonly (readonly [browser: string, name: string, printed: string])[] = [
  ['ArrowLeft', 'left', '←'],
  ['ArrowRight', 'right', '→'],
  ['ArrowUp', 'up', '↑'],
  ['ArrowDown', 'down', '↓'],
  ['Enter', 'enter', 'Enter'],
  ['Escape', 'esc', 'Esc'],
  [' ', 'space', 'Space'],
  ['Tab', 'tab', 'Tab'],
  ['Backspace', 'backspace', 'Backspace'],
  ['Delete', 'delete', 'Delete'],
  ['Insert', 'insert', 'Insert'],
  ['Home', 'home', 'Home'],
  ['End', 'end', 'End'],
  ['PageUp', 'pageup', 'PgUp'],
  ['PageDown', 'pagedown', 'PgDn'],
  ...Array.from({ length: 12 }, (_, index) => [`F${String(index + 1)}`, `f${String(index + 1)}`, `F${String(index + 1)}`] as const),
];

const NAMES = new Set(NAMED.map(([, name]) => name));
const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'NumLock', 'Dead', 'Process', 'Unidentified']);
/** Longest sequence: `y c`. */
const MOST_STEPS = 2;

const isLetter = (key: string): boolean => key.length === 1 && key.toLowerCase() !== key.toUpperCase();

/**
 * Keys from their text: `mod+k`, `alt+left`, `mod+shift+z`, `/`, `?`, `+`, `y c`. `undefined` when it is none.
 * Shape:  one step, or two that are pressed one after the other.
 */
export function parseKeys(text: string): readonly KeyStep[] | undefined {
  const steps = text.trim().split(/ +/).map(parseStep);
  return steps.length > MOST_STEPS || steps.some((step) => step === undefined) ? undefined : steps.filter((step) => step !== undefined);
}

function parseStep(text: string): KeyStep | undefined {
  // The last `+` of `mod++` is the key itself.
  const parts = text === '+' ? ['+'] : text.endsWith('++') ? [...text.slice(0, -2).split('+'), '+'] : text.split('+');
  const key = (parts.at(-1) ?? '').toLowerCase();
  const held = parts.slice(0, -1).map((part) => part.toLowerCase());
  const isKnown = [...key].length === 1 || NAMES.has(key);
  if (!isKnown || held.some((part) => part !== 'mod' && part !== 'alt' && part !== 'shift')) return undefined;
  return { mod: held.includes('mod'), alt: held.includes('alt'), shift: held.includes('shift'), key };
}

/** The text of keys, in one form for each: what `parseKeys` reads and preferences store. */
export const printKeys = (steps: readonly KeyStep[]): string =>
  steps.map(({ mod, alt, shift, key }) => `${mod ? 'mod+' : ''}${alt ? 'alt+' : ''}${shift ? 'shift+' : ''}${key}`).join(' ');

/**
 * The press that an event stands for; `undefined` for a modifier alone. Shift counts for letters and named keys only: where `?` or
 * `{` lie, and what must be held for them, differs by keyboard.
 */
export function toKeyStep(input: KeyInput, isMac: boolean): KeyStep | undefined {
  if (MODIFIERS.has(input.key)) return undefined;
  const held = input.altGraph ? { mod: false, alt: false } : { mod: isMac ? input.metaKey : input.ctrlKey, alt: input.altKey };
  // The other of the two is no part of any key of ours: `Ctrl K` on a Mac deletes to the end of the line.
  if (!input.altGraph && (isMac ? input.ctrlKey : input.metaKey)) return undefined;
  const named = NAMED.find(([browser]) => browser === input.key)?.[1];
  const key = named ?? characterOf(input, held.mod || held.alt);
  return { ...held, shift: input.shiftKey && (named !== undefined || isLetter(key)), key };
}

/** A keyboard event of the browser's or of React's, as far as it tells of a press. */
interface KeyEvent extends Omit<KeyInput, 'altGraph'> {
  getModifierState(key: 'AltGraph'): boolean;
}

/** The press that an event is on this machine. As `toKeyStep`. */
export function stepOfEvent(event: KeyEvent): KeyStep | undefined {
  const { key, code, ctrlKey, metaKey, altKey, shiftKey } = event;
  return toKeyStep({ key, code, ctrlKey, metaKey, altKey, shiftKey, altGraph: event.getModifierState('AltGraph') }, onMac());
}

/** With a modifier the place of the key counts where its character is no use: digits of a French, letters of a Russian keyboard. */
function characterOf({ key, code }: KeyInput, isHeld: boolean): string {
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  if (isHeld && digit !== undefined && !isLetter(key)) return digit;
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined && !/^[ -~]$/.test(key)) return letter.toLowerCase();
  return key.toLowerCase();
}

/** True when both are the same press. */
export const isSameStep = (a: KeyStep, b: KeyStep): boolean =>
  a.key === b.key && a.mod === b.mod && a.alt === b.alt && (a.shift === b.shift || !(isLetter(a.key) || NAMES.has(a.key)));

/** True for a press that types a character, so that it may be switched off or remapped (WCAG 2.1.4). */
export const isCharacterStep = ({ mod, alt, key }: KeyStep): boolean => !mod && !alt && (!NAMES.has(key) || key === 'space');

/** True on Apple's systems, where `⌘` stands in for `Ctrl`. */
export const onMac = (): boolean => typeof navigator !== 'undefined' && /Macintosh|Mac OS X/.test(navigator.userAgent);

/** The caps of one press as a keyboard shows them: `['Ctrl', 'Shift', 'Z']`, on a Mac `['⇧', '⌘', 'Z']`. */
export function keyCaps({ mod, alt, shift, key }: KeyStep, isMac: boolean): readonly string[] {
  const cap = NAMED.find(([, name]) => name === key)?.[2] ?? key.toUpperCase();
  return isMac
    ? [...(alt ? ['⌥'] : []), ...(shift ? ['⇧'] : []), ...(mod ? ['⌘'] : []), cap]
    : [...(mod ? ['Ctrl'] : []), ...(alt ? ['Alt'] : []), ...(shift ? ['Shift'] : []), cap];
}

/** Keys as a line of text, for a tooltip: `Ctrl K`, `Y then C`. */
export const keyText = (keys: string, isMac: boolean): string =>
  (parseKeys(keys) ?? []).map((step) => keyCaps(step, isMac).join(' ')).join(' then ');
