import type { Overview } from '#shared/contract/rows.ts';
import { toCalls, toIdentities, toUnanswered } from '../../state/places.ts';
import type { Place } from '../../state/url.ts';
import { formatCount, formatPlural, formatShare, toByteQuantity, type Quantity } from '../../widgets/format.ts';

/** One number of the strip, with the base that makes it readable. */
export interface Kpi {
  readonly label: string;
  readonly figure: Quantity;
  readonly base: string;
  readonly to?: Partial<Place>;
}

const share = (part: number, whole: number): Quantity => {
  const [value = '', unit = ''] = formatShare(part, whole).split(/ (?=%)/);
  return { value, unit };
};

function gapsBase({ info, notEvaluable }: Overview): string {
  if (!info.analyzed) return 'known after the analysis';
  return notEvaluable.length === 0 ? 'every question has an answer' : 'questions without an answer';
}

/** The numbers under the sentences, in their order. */
export function toKpis(overview: Overview): readonly Kpi[] {
  const { calls } = overview.info;
  const ofCalls = (part: number): string => `${formatCount(part)} of ${formatPlural(calls, 'call')}`;
  return [
    {
      label: 'In proven chains',
      figure: share(overview.linkedCalls, calls),
      base: ofCalls(overview.linkedCalls),
      to: { view: 'chains', query: '', chain: undefined },
    },
    { label: 'Write calls', figure: share(overview.writeCalls, calls), base: ofCalls(overview.writeCalls), to: toCalls('is:write') },
    { label: 'Failed calls', figure: share(overview.failedCalls, calls), base: ofCalls(overview.failedCalls), to: toCalls('is:failed') },
    {
      label: 'Data out',
      figure: toByteQuantity(overview.bytesOut),
      base: 'bytes in responses, as recorded',
      to: { ...toCalls('resBytes > 0'), sort: '-resBytes' },
    },
    {
      label: 'Credentials',
      figure: { value: formatCount(overview.credentials), unit: '' },
      base: 'told apart by fingerprint',
      to: toIdentities('credentials'),
    },
    {
      label: 'Coverage gaps',
      // Before the analysis no question was asked, so that none was left without an answer either.
      figure: { value: overview.info.analyzed ? formatCount(overview.notEvaluable.length) : '–', unit: '' },
      base: gapsBase(overview),
      to: toUnanswered,
    },
  ];
}
