import { create } from 'zustand';
import { isJsonObject } from '#shared/lib/json.ts';
import { isZoneName } from '../widgets/local-time.ts';
import { parseLayout } from '../widgets/table/column-layout.ts';
import type { ColumnLayout } from '../widgets/table/table-column.ts';

/** The looks that tokens.css holds. */
const LOOKS = [
  { id: 'light', title: 'Light' },
  { id: 'dark', title: 'Dark' },
  { id: 'light-contrast', title: 'Light, high contrast' },
  { id: 'dark-contrast', title: 'Dark, high contrast' },
] as const;
export type Look = (typeof LOOKS)[number]['id'];

/** Every theme, as menus list them. */
export const THEMES = [{ id: 'system', title: 'As the system' }, ...LOOKS] as const;
export type Theme = (typeof THEMES)[number]['id'];

/** How high the rows of tables are. */
export const DENSITIES = [
  { id: 'compact', title: 'Compact' },
  { id: 'normal', title: 'Normal' },
  { id: 'roomy', title: 'Roomy' },
] as const;
export type Density = (typeof DENSITIES)[number]['id'];

/** What this person likes, kept between visits; nothing about any case. */
export interface Prefs {
  readonly theme: Theme;
  readonly density: Density;
  /** IANA name of the zone whose clock is told beside UTC; empty for none. */
  readonly zone: string;
  /** Sizes of split panes by their name. Units: CSS px. */
  readonly panes: Readonly<Record<string, number>>;
  /** Layouts of columns by the name of their table. */
  readonly columns: Readonly<Record<string, ColumnLayout>>;
  /** True while the fields stand beside the calls. */
  readonly fields: boolean;
  /** Fields that stand open or closed beside the calls, where that is not the usual. */
  readonly facets: Readonly<Record<string, boolean>>;
  /** Where the details of a call stand. */
  readonly detail: 'below' | 'beside';
  /** False: keys without Ctrl or Alt do nothing (WCAG 2.1.4). */
  readonly letterKeys: boolean;
  /** Own keys by the command's id, in place of the built-in ones; an empty text takes the key away. */
  readonly keys: Readonly<Record<string, string>>;
  /** Ids of commands that were run, latest first. */
  readonly commands: readonly string[];
}

/** Commands remembered: as many as the palette can show above the rest. */
const KEEP_COMMANDS = 30;

const KEY = 'spoor-prefs';
const VERSION = 1;
const DEFAULTS: Prefs = {
  theme: 'system',
  density: 'compact',
  zone: '',
  panes: {},
  columns: {},
  fields: true,
  facets: {},
  detail: 'below',
  letterKeys: true,
  keys: {},
  commands: [],
};

const isTheme = (value: unknown): value is Theme => THEMES.some(({ id }) => id === value);
const isDensity = (value: unknown): value is Density => DENSITIES.some(({ id }) => id === value);

/** Preferences from their stored text; anything damaged or of another version falls back to the default. */
export function parsePrefs(text: string | undefined): Prefs {
  if (text === undefined) return DEFAULTS;
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    // Damaged storage is not worth a message: the defaults are always right to start with.
    return DEFAULTS;
  }
  if (!isJsonObject(stored) || stored['version'] !== VERSION) return DEFAULTS;
  const { theme, density, zone, panes, columns, fields, facets, detail, letterKeys, keys, commands } = stored;
  return {
    theme: isTheme(theme) ? theme : DEFAULTS.theme,
    density: isDensity(density) ? density : DEFAULTS.density,
    zone: typeof zone === 'string' && isZoneName(zone) ? zone : DEFAULTS.zone,
    panes: recordOf(panes, (size) => (typeof size === 'number' && Number.isFinite(size) ? size : undefined)),
    columns: recordOf(columns, parseLayout),
    fields: typeof fields === 'boolean' ? fields : DEFAULTS.fields,
    facets: recordOf(facets, (open) => (typeof open === 'boolean' ? open : undefined)),
    detail: detail === 'beside' ? detail : DEFAULTS.detail,
    letterKeys: typeof letterKeys === 'boolean' ? letterKeys : DEFAULTS.letterKeys,
    keys: recordOf(keys, (text) => (typeof text === 'string' ? text : undefined)),
    commands: textsOf(commands).slice(0, KEEP_COMMANDS),
  };
}

/** The entries of an object whose values pass; anything else is passed over. */
function recordOf<T>(value: unknown, check: (value: unknown) => T | undefined): Readonly<Record<string, T>> {
  const found: Record<string, T> = {};
  if (!isJsonObject(value)) return found;
  for (const [name, each] of Object.entries(value)) {
    const checked = check(each);
    if (checked !== undefined) found[name] = checked;
  }
  return found;
}

const textsOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []);

/** Preferences as the text to store. Inverse of `parsePrefs`. */
export const printPrefs = (prefs: Prefs): string => JSON.stringify({ version: VERSION, ...prefs });

/** This person's preferences. */
export const usePrefs = create<Prefs>()(() => DEFAULTS);

/** Changes preferences and stores them. */
export function setPrefs(change: Partial<Prefs>): void {
  usePrefs.setState(change);
  window.localStorage.setItem(KEY, printPrefs(usePrefs.getState()));
}

/** Reads the stored preferences once, when the page starts. */
export function loadPrefs(): void {
  usePrefs.setState(parsePrefs(window.localStorage.getItem(KEY) ?? undefined));
}

/** A split pane's remembered size and how to change it; `undefined` brings the first one back. Units: CSS px. */
export function usePaneSize(name: string, initial: number): readonly [number, (size: number | undefined) => void] {
  const size = usePrefs((prefs) => prefs.panes[name] ?? initial);
  return [
    size,
    (next) => {
      const { [name]: _old, ...others } = usePrefs.getState().panes;
      setPrefs({ panes: next === undefined ? others : { ...others, [name]: next } });
    },
  ];
}

/** Remembers that a command was run, at the top of the list. */
export function rememberCommand(id: string): void {
  setPrefs({ commands: [id, ...usePrefs.getState().commands.filter((other) => other !== id)].slice(0, KEEP_COMMANDS) });
}
