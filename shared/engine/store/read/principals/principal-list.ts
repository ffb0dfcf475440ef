import type { PrincipalList } from '../../../../contract/identities.ts';
import type { PrincipalJson } from '../../../../contract/report-json.ts';

/** Rows that a window holds: a principal is up to a kilobyte of text. */
const MAX_PRINCIPALS = 3000;

/** Words that stand for a state: `no:owner`, `is:mixed`, `is:shared`, `is:weak`, `is:named`, `kind:agent`. */
const STATES: Readonly<Record<string, (row: PrincipalJson) => boolean>> = {
  'no:owner': ({ kind, owner }) => kind === 'agent' && owner === undefined,
  'is:conflict': ({ conflicts }) => conflicts.length > 0,
  'is:shared': ({ shared, weak }) => shared !== undefined && !weak,
  'is:weak': ({ weak }) => weak,
  'is:named': ({ weak }) => !weak,
  'is:joined': ({ joined }) => joined.length > 0,
  'kind:human': ({ kind }) => kind === 'human',
  'kind:service': ({ kind }) => kind === 'service',
  'kind:agent': ({ kind }) => kind === 'agent',
  'kind:unknown': ({ kind }) => kind === 'unknown',
};

const textOf = ({ id, label, owner, why, credentials }: PrincipalJson): string =>
  `${id} ${label} ${owner ?? ''} ${why} ${credentials.slice(0, 50).join(' ')}`.toLowerCase();

/** Those of all principals that have all words, the busiest first, as many as a window holds; with the one that a link names, whatever its place. */
export function pagePrincipals(all: readonly PrincipalJson[], words: string, chosen: string | undefined): PrincipalList {
  const wanted = words
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const fitting =
    wanted.length === 0
      ? all
      : all.filter((row) => {
          const text = textOf(row);
          return wanted.every((word) => STATES[word]?.(row) ?? text.includes(word));
        });
  const rows = fitting.slice(0, MAX_PRINCIPALS);
  const named = chosen === undefined || rows.some(({ id }) => id === chosen) ? undefined : all.find(({ id }) => id === chosen);
  return { rows: named === undefined ? rows : [...rows, named], fitting: fitting.length, all: all.length };
}
