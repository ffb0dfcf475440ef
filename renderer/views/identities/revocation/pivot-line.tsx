import type { PivotJson } from '#shared/contract/revocation.ts';
import { validityText } from './words.ts';

const DURATIONS: readonly (readonly [keyof PivotJson, title: string, definition: string])[] = [
  ['exposureSeconds', 'Exposure', 'From the first to the last call of incidents'],
  ['discoveryLagSeconds', 'Could be seen after', 'From the first call of an incident to the call on which its rule could speak'],
  ['findingToRevocationSeconds', 'To revocation', 'From that call to the last known revocation of a credential of an incident'],
  ['residualValiditySeconds', 'Still valid', 'The longest that a credential of an incident stays valid after the evidence'],
];

/** How quickly one could act, as far as the evidence says. */
export function PivotLine({ pivot }: { readonly pivot: PivotJson }) {
  return (
    <dl className="revo-pivot">
      {DURATIONS.map(([key, title, definition]) => {
        const seconds = pivot[key];
        return (
          <div key={key} title={definition}>
            <dt>{title}</dt>
            <dd className={seconds === undefined ? 'faint' : 'number'}>
              {seconds === undefined ? 'not known' : seconds === 0 ? 'none' : validityText(seconds)}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
