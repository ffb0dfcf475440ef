import type { Limit } from '../../model/limit.ts';
import { MAX_STARTS } from './import-begin.ts';
import { SAMPLE_BYTES, MAX_SOURCES } from './inspect-sample.ts';
import { MAX_REVIEWED, REVIEW_BYTES } from './review-intake.ts';
import { MOST_KNOWN } from '../reading/known-secrets.ts';
import { EXCERPT as ENCODE_EXCERPT } from '../reading/encode.ts';

/** Limits of imports and previews. */
export const jobLimits: readonly Limit[] = [
  {
    area: 'Reading records',
    what: 'Starts of an import at the same place',
    value: MAX_STARTS,
    unit: 'count',
    why: 'What ends it there ends it each time',
    where: 'shared/engine/jobs/import-begin.ts',
    name: 'MAX_STARTS',
  },
  {
    area: 'Reading records',
    what: 'Secrets of a kind that are looked for in the rest of an import',
    value: MOST_KNOWN,
    unit: 'count',
    why: 'A log with a token in every line has no few that stand elsewhere',
    where: 'shared/engine/reading/known-secrets.ts',
    name: 'MOST_KNOWN',
  },
  {
    area: 'Reading records',
    what: 'Read of a source to preview it',
    value: SAMPLE_BYTES,
    unit: 'bytes',
    why: 'Some thousand lines, or the first entries of a capture',
    where: 'shared/engine/jobs/inspect-sample.ts',
    name: 'SAMPLE_BYTES',
  },
  {
    area: 'Reading records',
    what: 'Read of a source for the review before an import',
    value: REVIEW_BYTES,
    unit: 'bytes',
    why: 'A dozen entries of most captures; nobody waits for it',
    where: 'shared/engine/jobs/review-intake.ts',
    name: 'REVIEW_BYTES',
  },
  {
    area: 'Reading records',
    what: 'Sources listed in the review before an import',
    value: MAX_REVIEWED,
    unit: 'count',
    why: 'Those beyond are counted, and recognised when they are read',
    where: 'shared/engine/jobs/review-intake.ts',
    name: 'MAX_REVIEWED',
  },
  {
    area: 'Reading records',
    what: 'Sources previewed at once',
    value: MAX_SOURCES,
    unit: 'count',
    why: 'A bundle of more is imported and looked at afterwards',
    where: 'shared/engine/jobs/inspect-sample.ts',
    name: 'MAX_SOURCES',
  },
  {
    area: 'Reading records',
    what: 'Excerpt stored of a rejected record',
    value: ENCODE_EXCERPT,
    unit: 'characters',
    why: 'Enough to find it again in the source',
    where: 'shared/engine/reading/encode.ts',
    name: 'EXCERPT',
  },
];
