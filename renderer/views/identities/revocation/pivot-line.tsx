import type { PivotJson } from '#shared/contract/revocation.ts';
import { matching } from '../../../query/queries.ts';
import { useEngineQuery } from '../../../query/use-engine-query.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { toCalls } from '../../../state/places.ts';
import { Figure } from '../parts/figure.tsx';
import { validityText } from './words.ts';

const DURATIONS: readonly (readonly [keyof PivotJson, title: string, definition: string])[] = [
  ['exposureSeconds', 'Exposure', 'From the first to the last call of incidents'],
  ['discoveryLagSeconds', 'Could be seen after', 'From the first call of an incident to the call on which its rule could speak'],
  ['findingToRevocationSeconds', 'To revocation', 'From that call to the last known revocation of a credential of an incident'],
  ['residualValiditySeconds', 'Still valid', 'The longest that a credential of an incident stays valid after the evidence'],
];

const lengthText = (seconds: number): string => (seconds === 0 ? 'none' : validityText(seconds));

/** A query for the calls of the incidents that are not dismissed, which the durations are measured on; absent when there are none. */
function useIncidentCalls(): string | undefined {
  const findings = useEngineQuery('findings.list', {});
  const open = (findings.data ?? []).filter(({ family, status }) => family === 'incident' && status !== 'dismissed');
  return open.length === 0 ? undefined : open.map(({ id }) => matching('finding', id)).join(' or ');
}

/** How quickly one could act, as far as the evidence says. */
export function PivotLine({ pivot }: { readonly pivot: PivotJson }) {
  const calls = useIncidentCalls();
  return (
    <dl className="ident-figures" aria-label="How quickly one could act">
      {DURATIONS.map(([key, title, definition]) => {
        const seconds = pivot[key];
        return (
          <Figure key={key} title={title} about={definition}>
            {seconds === undefined ? (
              <span className="faint">not known</span>
            ) : calls === undefined || key === 'residualValiditySeconds' ? (
              lengthText(seconds)
            ) : (
              <GoLink to={toCalls(calls)}>{lengthText(seconds)}</GoLink>
            )}
          </Figure>
        );
      })}
    </dl>
  );
}
