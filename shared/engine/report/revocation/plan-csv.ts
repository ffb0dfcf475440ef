import { csvLine } from '../csv.ts';
import type { PacketEntry } from './packet-entry.ts';

const HEAD = [
  'order',
  'credential',
  'kind',
  'masked',
  'knownAs',
  'record',
  'holder',
  'firstUse',
  'lastUse',
  'expires',
  'score',
  'reason',
] as const;

/** The plan as a table for those who revoke: an entry a line, ids and their records joined by ` ; `. UTF-8, CRLF, formula-safe. */
export const planCsv = (entries: readonly PacketEntry[]): string =>
  [
    csvLine(HEAD),
    ...entries.map(({ row: { order, credential, about, score, reason }, knownAs }) =>
      csvLine([
        String(order),
        credential,
        about.kind,
        about.masked,
        knownAs.map(({ name, value }) => `${name} ${value}`).join(' ; '),
        knownAs.map(({ call }) => call).join(' ; '),
        about.holder ?? '',
        about.firstUse ?? '',
        about.lastUse ?? '',
        about.expiresAt ?? '',
        String(score),
        reason,
      ]),
    ),
  ].join('');
