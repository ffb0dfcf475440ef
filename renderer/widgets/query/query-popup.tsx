import type { QueryProblem } from '#shared/query/parse.ts';
import { EvidenceText } from '../evidence-text.tsx';
import { formatCount } from '../format.ts';
import type { Offer } from './query-offers.ts';

/** Words that can stand in the text as they are; the others only describe. */
const isFix = (word: string): boolean => /^[\w.:-]+$/.test(word) && word !== 'or';

/** Where a query is wrong, why, and what would mend it. */
export function Problem({
  id,
  problem,
  onFix,
}: {
  readonly id: string;
  readonly problem: QueryProblem;
  readonly onFix: (fix: string) => void;
}) {
  return (
    <div id={id} className="query-problem" role="status">
      <strong>At character {formatCount(problem.at + 1)}</strong>
      <span>
        <EvidenceText text={problem.message} />
      </span>
      {problem.expected
        .filter(isFix)
        .slice(0, 3)
        .map((fix) => (
          <button
            key={fix}
            type="button"
            className="link"
            tabIndex={-1}
            onClick={() => {
              onFix(fix);
            }}
          >
            {fix}
          </button>
        ))}
    </div>
  );
}

/** What can be chosen, under headings; the one that the arrow keys are on is marked. */
export function Offers({
  id,
  offers,
  at,
  onChoose,
}: {
  readonly id: string;
  readonly offers: readonly Offer[];
  readonly at: number | undefined;
  readonly onChoose: (offer: Offer) => void;
}) {
  const groups = [...new Set(offers.map((offer) => offer.group))];
  return (
    <div className="query-options" id={`${id}-list`} role="listbox" aria-label="Suggestions">
      {groups.map((group) => (
        <div key={group} role="group" aria-label={group}>
          <div className="query-group" aria-hidden="true">
            {group}
          </div>
          {offers.map((offer, index) =>
            offer.group !== group ? null : (
              <div
                key={`${offer.group} ${offer.label}`}
                id={`${id}-${String(index)}`}
                role="option"
                aria-selected={index === at}
                className="query-option"
                ref={index === at ? scrollIntoView : undefined}
                onClick={() => {
                  onChoose(offer);
                }}
              >
                <span className="mono">
                  <EvidenceText text={offer.label} />
                </span>
                <span className="query-about">{offer.about}</span>
              </div>
            ),
          )}
        </div>
      ))}
    </div>
  );
}

const scrollIntoView = (element: HTMLElement | null): void => {
  element?.scrollIntoView({ block: 'nearest' });
};
