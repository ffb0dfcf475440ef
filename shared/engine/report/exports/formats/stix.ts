import type { FileFormat } from '../export-format.ts';
import { bundlePieces } from '../stix/bundle.ts';

/** Findings for platforms that share threat intelligence: a STIX 2.1 bundle whose ids are the same in every export. */
export const stix: FileFormat = {
  kind: 'file',
  id: 'stix',
  title: 'STIX',
  holds:
    'A STIX 2.1 bundle to share: report, observed data, indicators, techniques, advice and sightings, marked as the cover of the report is, or TLP:AMBER+STRICT. Dismissed findings are left out.',
  ending: 'stix.json',
  async write(source, output) {
    for await (const piece of bundlePieces(source)) output.write(piece);
  },
};
