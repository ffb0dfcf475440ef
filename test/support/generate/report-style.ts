import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Generator } from './generator.ts';

const root = resolve(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(resolve(root, path), 'utf8');

/** Style text without comments and line breaks; enough to make it small, too little to change its meaning. */
const squeeze = (css: string): string =>
  css
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([{};,]) ?/g, '$1')
    .replaceAll(/: /g, ':')
    .replaceAll(';}', '}')
    .trim();

/**
 * The report's own style with its tokens, light only: custom properties resolved to their values, since a page's margin
 * boxes do not inherit them in every Chromium.
 * Errors: Error when report.css uses a token that tokens.css does not have.
 */
export function makeReportStyle(tokens: string, report: string): string {
  const light = /:root\s*\{([\s\S]*?)\n\}/.exec(tokens)?.[1] ?? '';
  const values = new Map(
    [...light.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map((match) => [match[1] ?? '', (match[2] ?? '').replaceAll(/\s+/g, ' ')]),
  );
  const resolved = squeeze(report).replaceAll(/var\((--[\w-]+)\)/g, (_whole, name: string) => {
    const value = values.get(name);
    if (value === undefined) throw new Error(`tokens.css has no ${name}`);
    return value;
  });
  return `:root{color-scheme:light}${resolved}`;
}

/** Writes the style of the report into the module that puts it into the page. */
export const reportStyleGenerator: Generator = {
  file: 'shared/engine/report/style.ts',
  make: () => {
    const style = makeReportStyle(read('resources/styles/tokens.css'), read('resources/styles/report.css'));
    return `/** Style of the report. Generated from resources/styles/tokens.css and report.css by \`npm run generate\`. */\nexport const reportStyle =\n  ${JSON.stringify(style)};\n`;
  },
};
