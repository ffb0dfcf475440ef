import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('../../../../resources/styles/tokens.css', import.meta.url), 'utf8');

/** The colours of one block of the token file; dark inherits what it does not say. */
function colorsOf(selector: string): ReadonlyMap<string, string> {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf('}', start));
  return new Map([...block.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6});/g)].map(([, name = '', color = '']) => [name, color]));
}

const light = colorsOf(':root');
const themes = { light, dark: new Map([...light, ...colorsOf(":root[data-theme='dark']")]) };

/** WCAG 2.2 relative luminance of `#rrggbb`. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const GROUNDS = ['bg', 'panel', 'raised'];
const TEXT = ['text', 'muted', 'faint', 'accent', 'critical', 'high', 'medium', 'low', 'info', 'ok'];
const pairs = Object.keys(themes).flatMap((theme) => TEXT.flatMap((text) => GROUNDS.map((ground) => [theme, text, ground] as const)));

const colorIn = (theme: string, token: string): string => {
  const color = (theme === 'dark' ? themes.dark : themes.light).get(token);
  if (color === undefined) throw new Error(`no colour --${token} in ${theme}`);
  return color;
};

describe('the token file', () => {
  test.each(pairs)('%s: %s is legible on %s', (theme, text, ground) => {
    expect(contrast(colorIn(theme, text), colorIn(theme, ground))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(['light', 'dark'])('%s: text on a selection, on a mark and on a button is legible', (theme) => {
    expect(contrast(colorIn(theme, 'text'), colorIn(theme, 'accent-soft'))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colorIn(theme, 'accent'), colorIn(theme, 'accent-soft'))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colorIn(theme, 'text'), colorIn(theme, 'mark'))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colorIn(theme, 'on-accent'), colorIn(theme, 'accent'))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(['light', 'dark'])('%s: borders of controls are seen on every ground', (theme) => {
    for (const ground of GROUNDS) expect(contrast(colorIn(theme, 'line-strong'), colorIn(theme, ground))).toBeGreaterThanOrEqual(3);
  });
});
