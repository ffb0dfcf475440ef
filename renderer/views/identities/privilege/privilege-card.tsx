import { useState } from 'react';
import type { PrivilegeDetail } from '#shared/contract/privilege.ts';
import { matching } from '../../../query/queries.ts';
import { useEngineQuery } from '../../../query/use-engine-query.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { toCalls, toPrincipal } from '../../../state/places.ts';
import { Answer } from '../../../widgets/answer.tsx';
import { Card, CardBody, CardHead, CardPart } from '../../../widgets/card.tsx';
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
    <Card id={CARD_ID} label="Power of the principal" shown={principal} stale={detail.stale}>
      <Answer query={detail} what="its policy" lines={16}>
        {(data) => (
          <>
            <Head detail={data} />
            <Parts detail={data} />
          </>
        )}
      </Answer>
    </Card>
  );
}

function Head({ detail }: { readonly detail: PrivilegeDetail }) {
  const { principal, kind, label } = detail.row;
  return (
    <CardHead
      title={
        <>
          <KindMark kind={kind} />
          <EvidenceText text={label} />
        </>
      }
    >
      <Observed detail={detail} />
      <div className="card-actions">
        <GoLink to={toCalls(matching('principal', principal))} className="button">
          Show its calls
        </GoLink>
        <GoLink to={toPrincipal(principal)} className="button">
          Who this is and why
        </GoLink>
      </div>
    </CardHead>
  );
}

function Parts({ detail }: { readonly detail: PrivilegeDetail }) {
  const [choice, setChoice] = useState<ReplayChoice | undefined>(undefined);
  const { row } = detail;
  return (
    <CardBody>
      <CardPart title="What less power would have done">
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
      </CardPart>
      <CardPart title="Smallest policy">
        <PolicyText policy={detail.policy.policy} />
      </CardPart>
      <CardPart title="Reach against use" note="in endpoints">
        <Reach detail={detail} />
      </CardPart>
      <CardPart title="Endpoints called" note="in calls">
        <OperationTable principal={row.principal} operations={detail.operations} />
      </CardPart>
    </CardBody>
  );
}

/** The calls that a policy was learnt from, with those of incidents that lie in the same time: no query names incidents alone. */
const learntFrom = (principal: string, window: PrivilegeDetail['policy']['observedWindow']): string =>
  [
    matching('principal', principal),
    '-outcome:denied',
    ...(window === undefined ? [] : [`time >= ${window[0]} and time <= ${window[1]}`]),
  ].join(' and ');

/** What the policy was learnt from, and what that does not show. */
function Observed({ detail: { row, policy } }: { readonly detail: PrivilegeDetail }) {
  const window = policy.observedWindow;
  return (
    <p>
      Learnt from{' '}
      <GoLink
        to={toCalls(learntFrom(row.principal, window))}
        title="Show its calls of this time that were not refused; those of incidents, which nothing was learnt from, may have been among them"
      >
        {formatPlural(policy.observedCalls, 'answered call')}
      </GoLink>
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
