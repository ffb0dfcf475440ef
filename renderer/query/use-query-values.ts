import { useState } from 'react';
import type { FieldValue } from '#shared/contract/rows.ts';
import type { Completion } from '#shared/query/complete.ts';
import { addClause } from '#shared/query/edit.ts';
import { useEngineQuery } from './use-engine-query.ts';

/** Values offered at once. */
const OFFERED = 30;

/** Fields whose values the engine counts; `agent` and `user` are principals of one kind. */
const COUNTED: Readonly<Record<string, { readonly field: string; readonly clause?: string }>> = {
  agent: { field: 'principal', clause: 'kind:agent' },
  user: { field: 'principal', clause: 'kind:human' },
  ...Object.fromEntries(
    [
      'principal',
      'kind',
      'method',
      'host',
      'path',
      'endpoint',
      'status',
      'clientIp',
      'userAgent',
      'credential',
      'chain',
      'tool',
      'source',
      'format',
      'contentType',
      'scheme',
      'port',
      'referer',
      'upstream',
      'route',
      'service',
      'tag',
      'finding',
      'severity',
    ].map((field) => [field, { field }]),
  ),
};

/**
 * Values for the field at the caret, most frequent first, counted among all calls of the case: counting inside a
 * half-typed filter would offer only what the filter already says.
 */
export function useQueryValues(): readonly [values: readonly FieldValue[] | undefined, onCompletion: (completion: Completion) => void] {
  const [wanted, setWanted] = useState<Completion>({ kind: 'none' });
  const counted = wanted.kind === 'values' ? COUNTED[wanted.field] : undefined;
  const answer = useEngineQuery(
    'calls.values',
    {
      field: counted?.field ?? 'method',
      query: addClause('', counted?.clause ?? '*'),
      startsWith: wanted.kind === 'values' ? wanted.prefix.slice(0, 200) : '',
      count: OFFERED,
    },
    { enabled: counted !== undefined },
  );
  return [counted === undefined || answer.stale ? undefined : answer.data, setWanted];
}
