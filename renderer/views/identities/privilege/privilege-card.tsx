import { useState } from 'react';
import type { PrivilegeDetail } from '#shared/contract/privilege.ts';
import { useEngineQuery } from '../../../query/use-engine-query.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { toPrincipal } from '../../../state/places.ts';
import { Answer } from '../../../widgets/answer.tsx';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';
import { formatPlural } from '../../../widgets/format.ts';
import { KindMark } from '../../../widgets/kind-mark.tsx';
import { TimeText } from '../../../widgets/numbers.tsx';
import { ControlTable } from './control-table.tsx';
import { OperationTable } from './operation-table.tsx';
import { PolicyText } from './policy-text.tsx';
import { Reach } from './reach.tsx';
import { ReplayedCalls } from './replayed-calls.tsx';
import type { ReplayChoice } from './replay-choice.ts';

/** Where the keyboard goes from a row of the table. */
export const CARD_ID = 'privilege-card';

/** Everything about the power of one caller. */
export function PrivilegeCard({ principal }: { readonly principal: string }) {
  const detail = useEngineQuery('privilege.get', { principal });
  return (
    <section className="priv-card" id={CARD_ID} tabIndex={-1} aria-label="Power of the chosen caller">
      <Answer query={detail} what="its policy" lines={16}>
        {(data) => <Parts detail={data} />}
      </Answer>
    </section>
  );
}

function Parts({ detail }: { readonly detail: PrivilegeDetail }) {
  const [choice, setChoice] = useState<ReplayChoice | undefined>(undefined);
  const { row } = detail;
  return (
    <>
      <h2 className="priv-title">
        <KindMark kind={row.kind} />
        <EvidenceText text={row.label} />
      </h2>
      <p>
        <GoLink to={toPrincipal(row.principal)}>Who this is and why</GoLink>
      </p>
      <Observed detail={detail} />
      <section className="priv-part">
        <h3>What less power would have done</h3>
        <ControlTable outcomes={detail.policy.counterfactuals} choice={choice} onChoice={setChoice} />
        {choice === undefined ? null : (
          <ReplayedCalls
            principal={row.principal}
            choice={choice}
            onClose={() => {
              setChoice(undefined);
            }}
          />
        )}
      </section>
      <section className="priv-part">
        <h3>Smallest policy</h3>
        <PolicyText policy={detail.policy.policy} />
      </section>
      <section className="priv-part">
        <h3>Reach against use</h3>
        <Reach detail={detail} />
      </section>
      <section className="priv-part">
        <h3>Operations called</h3>
        <OperationTable principal={row.principal} operations={detail.operations} />
      </section>
    </>
  );
}

/** What the policy was learnt from, and what that does not show. */
function Observed({ detail: { policy } }: { readonly detail: PrivilegeDetail }) {
  const window = policy.observedWindow;
  return (
    <p className="priv-window">
      Learnt from {formatPlural(policy.observedCalls, 'answered call')}
      {window === undefined ? (
        ', none of which has a time'
      ) : (
        <>
          {' '}
          from <TimeText time={window[0]} to="min" /> to <TimeText time={window[1]} to="min" /> UTC
        </>
      )}
      {policy.observedFrom === 'baseline' ? ', in the baseline window of the case' : ', outside its incidents'}.{' '}
      <strong>Unseen is not unneeded</strong>: work that this window does not show is not permitted.{' '}
      {policy.holdOut
        ? 'It was tried on later calls that it was not learnt from.'
        : 'The baseline window holds too few of its calls, so it was tried on the calls that it was learnt from: what it would break is not known.'}
    </p>
  );
}
