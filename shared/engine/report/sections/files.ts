import type { Section } from '../section.ts';
import { filesTable } from './evidence-files.ts';

/** Every file with its hash: what a copy of the evidence is checked against. */
export const files: Section = {
  id: 'files',
  title: 'Files and their hashes',
  part: 'annex',
  build: ({ json, printing }) => [filesTable(json.sources, printing.recheck)],
};
