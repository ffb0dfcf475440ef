import { detectors } from '#shared/engine/detectors/index.ts';
import { importers } from '#shared/engine/importers/index.ts';
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
