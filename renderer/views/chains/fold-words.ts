import type { FoldFacts } from '../../charts/graph/fold-facts.ts';
import { formatCount, formatDuration, formatPlural } from '../../widgets/format.ts';

/** What the calls of a fold do, in few words: "pages", "poll every 2 s", "the same again", "12 addresses", "2 calls × 5 rounds". */
export function foldWords({ kind, calls, round, addresses, pause }: FoldFacts): string {
  switch (kind) {
    case 'rounds':
      return `${formatPlural(round, 'call')} × ${formatPlural(calls / round, 'round')}`;
    case 'pages':
      return 'pages';
    case 'poll':
      return pause === undefined ? 'poll' : `poll every ${formatDuration(pause)}`;
    case 'loop':
      return 'the same again';
    case 'alike':
      return addresses === 1 ? 'one address' : `${formatCount(addresses)} addresses`;
  }
}

/** How the answers divide: "200 ×40, 201 ×1". */
export const statusSplit = ({ answers }: FoldFacts): string =>
  answers.map(([answer, count]) => `${answer === '' ? 'no answer known' : answer} ×${formatCount(count)}`).join(', ');
