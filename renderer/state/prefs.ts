import { create } from 'zustand';
import { isJsonObject } from '#shared/lib/json.ts';

/** The looks that tokens.css holds. */
export type Look = 'light' | 'dark' | 'light-contrast' | 'dark-contrast';
export type Theme = 'system' | Look;
export type Density = 'compact' | 'normal' | 'roomy';

/** What this person likes, kept between visits; nothing about any case. */
export interface Prefs {
  readonly theme: Theme;
  readonly density: Density;
  /** Sizes of split panes by their name. Units: CSS px. */
  readonly panes: Readonly<Record<string, number>>;
  /** Queries that were run, latest first. */
  readonly queries: readonly string[];
}

/** Queries remembered. */
const KEEP_QUERIES = 20;

const KEY = 'spoor-prefs';
const VERSION = 1;
const DEFAULTS: Prefs = { theme: 'system', density: 'compact', panes: {}, queries: [] };

const THEMES: readonly Theme[] = ['system', 'light', 'dark', 'light-contrast', 'dark-contrast'];
const isTheme = (value: unknown): value is Theme => THEMES.some((theme) => theme === value);
const isDensity = (value: unknown): value is Density => value === 'compact' || value === 'normal' || value === 'roomy';

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
  const { theme, density, panes: sizes, queries: earlier } = stored;
  const panes: Record<string, number> = {};
  if (isJsonObject(sizes)) {
    for (const [name, size] of Object.entries(sizes)) if (typeof size === 'number' && Number.isFinite(size)) panes[name] = size;
  }
  const queries = Array.isArray(earlier) ? earlier.filter((query) => typeof query === 'string').slice(0, KEEP_QUERIES) : [];
  return { theme: isTheme(theme) ? theme : DEFAULTS.theme, density: isDensity(density) ? density : DEFAULTS.density, panes, queries };
}

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

/** A split pane's remembered size and how to change it. Units: CSS px. */
export function usePaneSize(name: string, initial: number): readonly [number, (size: number) => void] {
  const size = usePrefs((prefs) => prefs.panes[name] ?? initial);
  return [
    size,
    (next) => {
      setPrefs({ panes: { ...usePrefs.getState().panes, [name]: next } });
    },
  ];
}

/** Remembers a query that was run, at the top of the list. */
export function rememberQuery(query: string): void {
  const text = query.trim();
  if (text === '') return;
  setPrefs({ queries: [text, ...usePrefs.getState().queries.filter((other) => other !== text)].slice(0, KEEP_QUERIES) });
}
