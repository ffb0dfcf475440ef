import { detectors } from '#shared/engine/detectors/index.ts';
import { importers } from '#shared/engine/importers/index.ts';
import { exportFormats } from '#shared/engine/report/exports/index.ts';
import { exportReaders, zipReader, type Reader } from '../foreign/export-readers.ts';
import { markdownTable } from './generator.ts';

/** The formats that are read, for the README. */
export const formatsTable = (): string =>
  markdownTable(
    ['format', 'usual endings', 'what it holds'],
    importers.map((each) => [`${each.title} (\`${each.id}\`)`, each.extensions.join(' '), each.holds]),
  );

/** The detectors and the question that each answers, for the README. */
export const detectorsTable = (): string =>
  markdownTable(
    ['detector', 'question', 'kind'],
    detectors.map((each) => [`${each.title} (\`${each.id}\`)`, each.question, each.family]),
  );

const openedBy = (reader: Reader): string => {
  const files = reader.kind === 'elsewhere' || reader.files.source === '^$' ? '' : ` (\`${reader.files.source}\`)`;
  if (reader.kind === 'opened') return `${reader.by}${files}`;
  const name = `\`${reader.where.slice(reader.where.lastIndexOf('/') + 1)}\``;
  return reader.kind === 'elsewhere' ? `${reader.by}, in ${name}` : `nothing${files}: ${reader.why}; rules by hand in ${name}`;
};

/** What opens each export in tests, for the README of the tests. */
export function exportReadersTable(): string {
  const titles = new Map(exportFormats.map(({ id, title }) => [id, title]));
  const rows = [...Object.entries(exportReaders), ['zip', [zipReader]] as const];
  return markdownTable(
    ['export', 'opened by'],
    rows.map(([id, readers]) => [`${titles.get(id) ?? id.toUpperCase()} (\`${id}\`)`, readers.map(openedBy).join(' · ')]),
  );
}
