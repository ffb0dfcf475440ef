import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { contrast, differenceSeen, type Sight } from '#test/support/color.ts';

const css = readFileSync(new URL('../../../../resources/styles/tokens.css', import.meta.url), 'utf8');

/** The colours of one block of the token file. */
function colorsOf(selector: string): ReadonlyMap<string, string> {
  const start = css.indexOf(`${selector} {`);
  if (start < 0) throw new Error(`no block ${selector}`);
  const block = css.slice(start, css.indexOf('}', start));
  return new Map([...block.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6});/g)].map(([, name = '', color = '']) => [name, color]));
}

const light = colorsOf(':root');
/** The other themes inherit from light what they do not say. */
const over = (theme: string) => new Map([...light, ...colorsOf(`:root[data-theme='${theme}']`)]);

interface Theme {
  readonly name: string;
  readonly colors: ReadonlyMap<string, string>;
  /** Least contrast of text and of graphics. */
  readonly text: number;
  readonly graphic: number;
}

const THEMES: readonly Theme[] = [
  { name: 'light', colors: light, text: 4.5, graphic: 3 },
  { name: 'dark', colors: over('dark'), text: 4.5, graphic: 3 },
  { name: 'light-contrast', colors: over('light-contrast'), text: 7, graphic: 4.5 },
  { name: 'dark-contrast', colors: over('dark-contrast'), text: 7, graphic: 4.5 },
];

const colorIn = ({ name, colors }: Theme, token: string): string => {
  const color = colors.get(token);
  if (color === undefined) throw new Error(`no colour --${token} in ${name}`);
  return color;
};
const contrastIn = (theme: Theme, one: string, other: string): number => contrast(colorIn(theme, one), colorIn(theme, other));

const GROUNDS = ['bg', 'panel', 'raised'];
const TEXT = ['text', 'muted', 'faint', 'accent', 'critical', 'high', 'medium', 'low', 'info', 'ok'];
/** What pictures, marks and borders of controls are drawn in. The lower steps fill what a number beside them tells. */
const GRAPHIC = ['line-strong', 'accent', 'critical', 'high', 'medium', 'low', 'info', 'ok', 'step-4', 'step-5'];
const CATEGORIES = [1, 2, 3, 4, 5, 6, 7, 8].map((place) => `category-${String(place)}`);
const SIGHTS: readonly Sight[] = ['protan', 'deutan', 'tritan'];

describe.each(THEMES)('$name', (theme) => {
  test.each(TEXT)('%s is legible on every ground', (text) => {
    for (const ground of GROUNDS) expect(contrastIn(theme, text, ground)).toBeGreaterThanOrEqual(theme.text);
  });

  test('what stands in a selected row is legible', () => {
    for (const text of TEXT.filter((each) => each !== 'faint'))
      expect(contrastIn(theme, text, 'accent-soft')).toBeGreaterThanOrEqual(theme.text);
  });

  test('text on a mark and on a filled button is legible', () => {
    expect(contrastIn(theme, 'text', 'mark')).toBeGreaterThanOrEqual(theme.text);
    expect(contrastIn(theme, 'on-accent', 'accent')).toBeGreaterThanOrEqual(theme.text);
  });

  test.each(GRAPHIC)('%s is seen on every ground', (graphic) => {
    for (const ground of GROUNDS) expect(contrastIn(theme, graphic, ground)).toBeGreaterThanOrEqual(theme.graphic);
  });

  test('a mark in the colour of a category is seen, by its own colour or by its edge', () => {
    // Dark has no edge: every colour carries itself there.
    const edge = theme.colors.get('category-edge') ?? '';
    const hasEdge = theme.name !== 'dark';
    for (const category of [...CATEGORIES, 'category-other']) {
      for (const ground of GROUNDS) {
        const own = contrastIn(theme, category, ground);
        const seen = hasEdge ? Math.max(own, contrast(edge, colorIn(theme, ground))) : own;
        expect(seen, `${category} on ${ground}`).toBeGreaterThanOrEqual(theme.graphic);
      }
    }
  });

  test('each step of magnitude stands out more than the one before', () => {
    const against = [1, 2, 3, 4, 5].map((step) => contrastIn(theme, `step-${String(step)}`, 'bg'));
    expect(against).toEqual([...against].sort((a, b) => a - b));
  });

  test.each(SIGHTS)('any two categories differ to a %s eye', (sight) => {
    CATEGORIES.forEach((one, place) => {
      for (const other of CATEGORIES.slice(place + 1))
        expect(differenceSeen(colorIn(theme, one), colorIn(theme, other), sight), `${one} and ${other}`).toBeGreaterThanOrEqual(10);
    });
  });

  test.each(SIGHTS)('answered, failed and found bars, which touch, differ to a %s eye', (sight) => {
    const touching = [
      ['step-4', 'category-2'],
      ['category-2', 'critical'],
    ] as const;
    for (const [one, other] of touching)
      expect(differenceSeen(colorIn(theme, one), colorIn(theme, other), sight), `${one} and ${other}`).toBeGreaterThanOrEqual(10);
  });
});

test('the ring around what has the focus is 2 px, and 3 px where more contrast is asked for', () => {
  const rings = [':root', ":root[data-theme='light-contrast']", ":root[data-theme='dark-contrast']"].map((selector) => {
    const start = css.indexOf(`${selector} {`);
    return /--ring: (\d)px;/.exec(css.slice(start, css.indexOf('}', start)))?.[1];
  });
  expect(rings).toEqual(['2', '3', '3']);
});

test('under forced colours every colour of the themes is one of the system’s', () => {
  const forced = css.slice(css.indexOf('@media (forced-colors: active)'));
  const named = new Set([...forced.matchAll(/--([a-z0-9-]+): [A-Z][A-Za-z]+;/g)].map(([, name]) => name));
  expect([...light.keys()].filter((name) => !named.has(name))).toEqual([]);
});
