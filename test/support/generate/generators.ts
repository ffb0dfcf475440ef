import { detectorPages } from './detector-pages.ts';
import type { Generator } from './generator.ts';
import { detectorsTable, exportReadersTable, formatsTable } from './readme-lists.ts';
import { reportSchemaGenerator } from './report-schema.ts';
import { reportFontsGenerator } from './report-fonts.ts';
import { reportStyleGenerator } from './report-style.ts';
import { schemaDoc } from './schema-doc.ts';
import { shippedPackagesGenerator } from './shipped-packages.ts';

/** Every list that the code knows and a file repeats. `npm run generate` writes them; `npm run check` fails on a stale one. */
export const generators: readonly Generator[] = [
  { file: 'shared/engine/store/schema.md', make: schemaDoc },
  reportFontsGenerator,
  reportStyleGenerator,
  reportSchemaGenerator,
  shippedPackagesGenerator,
  { file: 'README.md', part: 'formats', make: formatsTable },
  { file: 'README.md', part: 'detectors', make: detectorsTable },
  { file: 'test/README.md', part: 'exports', make: exportReadersTable },
  ...detectorPages,
];
