import { plural } from '../../detectors/spoken.ts';
import { commentText } from './escape.ts';

/** An operation as policies name it: by the key of its endpoint. */
export interface PolicyOperation {
  readonly key: string;
  readonly host: string;
}

/** What a policy is written from. Texts are of the evidence. */
export interface PolicyInput {
  readonly principal: string;
  readonly label: string;
  /** Permitted, in order of host and key. */
  readonly permitted: readonly PolicyOperation[];
  /** Called, but not permitted: a schema has to know them. */
  readonly denied: readonly PolicyOperation[];
  /** First and last call that was learnt from, as reports print times; absent where none had a time. */
  readonly observed?: readonly [string, string] | undefined;
  readonly observedFrom: 'baseline' | 'all';
  /** Calls that were learnt from. */
  readonly calls: number;
}

/** The lines that stand above every policy: of whom it is, what it was learnt from, and what that does not show. */
export function headLines({ principal, label, permitted, observed, observedFrom, calls }: PolicyInput): readonly string[] {
  const window = observed === undefined ? 'calls without a time' : `${observed[0]} to ${observed[1]}`;
  const from = observedFrom === 'baseline' ? 'the baseline window of the case' : 'the whole evidence without its incidents';
  return [
    `Smallest policy for ${commentText(label)} (${commentText(principal)}), written by Spoor from what was seen. A draft to review, not to apply unread.`,
    `Observed: ${window}, ${from}: ${plural(calls, 'answered call')} of ${plural(permitted.length, 'endpoint')}.`,
    'Unseen is not unneeded: work that this window does not show (month end, seasons, emergencies) is not permitted here.',
  ];
}
