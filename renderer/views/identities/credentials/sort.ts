import type { CredentialRow } from '#shared/contract/credentials.ts';
import type { Severity } from '#shared/contract/report-json.ts';
import { sortRows, type SortValues } from '../parts/sort.ts';
import { lifetimeWord, signedWords } from './words.ts';

const SEVERITIES: readonly Severity[] = ['info', 'low', 'medium', 'high', 'critical'];

/** What each column is sorted by. Ids are those of the columns. */
export const credentialSorts: SortValues<CredentialRow> = {
  credential: { of: ({ id }) => id.replace(/\d+$/, (digits) => digits.padStart(9, '0')), rises: true },
  owner: { of: ({ principalLabel }) => principalLabel ?? '', rises: true },
  kind: { of: ({ kind }) => kind, rises: true },
  calls: { of: ({ calls }) => calls ?? 0 },
  contexts: { of: ({ contexts }) => contexts },
  lifetime: { of: ({ lifetimeSeconds }) => lifetimeSeconds ?? -1 },
  signature: { of: (row) => signedWords(row)?.title ?? '', rises: true },
  silence: { of: ({ longestSilenceSeconds }) => longestSilenceSeconds ?? 0 },
  exposures: { of: ({ exposures }) => exposures ?? 0 },
  issues: { of: ({ issues }) => issues.length },
  findings: {
    of: ({ severity, findings }) => (severity === undefined ? 0 : (SEVERITIES.indexOf(severity) + 1) * 1000 + Math.min(999, findings)),
  },
  first: { of: ({ firstUse }) => firstUse ?? '', rises: true },
  last: { of: ({ lastUse }) => lastUse ?? '' },
};

/** The rows as they first stand: those with the worst findings on top. */
export const worstFirst = (rows: readonly CredentialRow[]): readonly CredentialRow[] =>
  sortRows(credentialSorts, rows, { column: 'findings', descending: true });

/** The rows whose name, owner, issuer, subject, kind, weaknesses, `lifetime:≤1h` or `signature:failed` hold every word. */
export function filterCredentials(rows: readonly CredentialRow[], text: string): readonly CredentialRow[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const { id, kind, masked, principalLabel, issuer, subject, audiences, issues } = row;
    const all = [id, kind, masked, principalLabel, issuer, subject, ...audiences, ...issues, lifetimeWord(row), signedWords(row)?.word]
      .join(' ')
      .toLowerCase();
    return words.every((word) => all.includes(word));
  });
}
