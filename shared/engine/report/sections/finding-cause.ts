import type { FindingJson } from '../../../contract/report-json.ts';
import type { RootCauseKind } from '../../../model/root-cause.ts';
import type { FactRow } from '../blocks.ts';
import { sentence, strong } from '../text.ts';

const KIND: Readonly<Record<RootCauseKind, string>> = {
  stolen: 'Stolen',
  'over-privileged': 'Over-privileged',
  misled: 'Misled',
  undecided: 'Undecided',
};

/** Why the incident was possible, what decided it, and what speaks beside that. Shape: none for a finding whose story has no root cause. */
export function causeRows({ rootCause }: Pick<FindingJson, 'rootCause'>): readonly FactRow[] {
  if (rootCause === undefined) return [];
  const { kind, why, signs } = rootCause;
  const told = signs.filter(({ text }) => !why.toLowerCase().includes(text.toLowerCase()));
  const beside = told.map(({ speaks, cause, strength, text }) => `${speaks} ${cause}, ${strength}: ${text}`);
  return [
    { name: 'Root cause', value: sentence(strong(KIND[kind]), `. ${why}`, beside.length === 0 ? '' : ` Beside it: ${beside.join('; ')}.`) },
  ];
}
