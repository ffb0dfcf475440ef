import { listSavedDetectors } from '../../../store/read/findings/kept-rules.ts';
import { writeSigma } from '../../write-sigma.ts';
import type { FileFormat } from '../export-format.ts';

/** Detectors, and the analyst's own, as rules for other tools. */
export const sigma: FileFormat = {
  kind: 'file',
  id: 'sigma',
  title: 'Sigma rules',
  holds:
    'What of the detectors Sigma has words for, and the rules saved in this case. Those that cannot be said are named with the reason.',
  ending: 'sigma.yml',
  write({ db, crypto, detectors }, output) {
    writeSigma(detectors, listSavedDetectors(db), output, crypto);
  },
};
