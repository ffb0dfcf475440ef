import type { PivotJson } from '#shared/contract/revocation.ts';
import { stillValidFigure, stillValidWords } from '#shared/model/still-valid.ts';
import { useIncidentCalls } from '../../../query/use-incident-calls.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { toCalls } from '../../../state/places.ts';
import { Figure } from '../parts/figure.tsx';
import { validityText } from './words.ts';

const DURATIONS: readonly (readonly [keyof Omit<PivotJson, 'stillValid' | 'discoveryLagFinding'>, title: string, definition: string])[] = [
  ['exposureSeconds', 'Exposure', 'From the first to the last call of the incident that lasted longest'],
  [
    'discoveryLagSeconds',
    'Could be seen after',
    'From the first call of an incident to the first one on which a rule could speak of it; the longest of all incidents',
  ],
  ['findingToRevocationSeconds', 'To revocation', 'From that call to the last known revocation of a credential of an incident'],
];

const lengthText = (seconds: number): string => (seconds === 0 ? 'none' : validityText(seconds));

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
            ) : calls === undefined ? (
              lengthText(seconds)
            ) : (
              <GoLink to={toCalls(calls)}>{lengthText(seconds)}</GoLink>
            )}
          </Figure>
        );
      })}
      <Figure title="Still valid" about={stillValidWords(pivot.stillValid)}>
        {stillValidFigure(pivot.stillValid)}
      </Figure>
    </dl>
  );
}
