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
  const findings = useEngineQuery('findings.list', {}, { enabled: wanted.kind === 'values' && wanted.field === 'finding' });
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
  if (wanted.kind === 'values' && wanted.field === 'finding') {
    const prefix = wanted.prefix;
    const byDetector = new Map<string, number>();
    for (const finding of findings.data ?? [])
      byDetector.set(finding.detector, (byDetector.get(finding.detector) ?? 0) + finding.calls.length);
    return [[...byDetector].filter(([detector]) => detector.startsWith(prefix)).map(([value, calls]) => ({ value, calls })), setWanted];
  }
  return [counted === undefined || answer.stale ? undefined : answer.data, setWanted];
}
