import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Generator } from './generator.ts';

const root = resolve(import.meta.dirname, '../../..');

/**
 * The faces of the report: of each weight a font of its own, since a variable one becomes drawings of letters (Type 3) in a PDF of
 * Chromium 156. Latin alone: other scripts are some 200 kB a document for texts that few reports hold.
 */
const FACES = [
  { family: 'Inter Variable', name: 'inter', weight: 400 },
  { family: 'Inter Variable', name: 'inter', weight: 600 },
  { family: 'JetBrains Mono Variable', name: 'jetbrains-mono', weight: 400 },
  { family: 'JetBrains Mono Variable', name: 'jetbrains-mono', weight: 600 },
] as const;

/** Arrows, comparisons, marks and raised digits, which the Latin files lack; what our own sentences hold of them is always drawn alike. */
const SYMBOLS = ([400, 600] as const).map((weight) => ({
  family: 'Inter Symbols',
  weight,
  file: `resources/fonts/symbols-${String(weight)}.woff2`,
}));

const latin = FACES.map(({ family, name, weight }) => ({
  family,
  weight,
  file: `node_modules/@fontsource/${name}/files/${name}-latin-${String(weight)}-normal.woff2`,
}));

const faceOf = ({ family, weight, file }: (typeof latin)[number] | (typeof SYMBOLS)[number]): string => {
  const base64 = readFileSync(resolve(root, file)).toString('base64');
  return `@font-face{font-family:'${family}';font-style:normal;font-weight:${String(weight)};src:url(data:font/woff2;base64,${base64}) format('woff2')}`;
};

/** The fonts of the report as the style that declares them. */
export const reportFontsGenerator: Generator = {
  file: 'shared/engine/report/fonts.ts',
  make: () =>
    `/** Fonts of the report, Latin letters and symbols (Inter, JetBrains Mono; OFL-1.1). Generated from @fontsource and resources/fonts by \`npm run generate\`. */\nexport const reportFonts =\n  ${JSON.stringify([...latin, ...SYMBOLS].map(faceOf).join(''))};\n`,
};
