import type { ReactNode } from 'react';
import type { EndpointDetail } from '#shared/contract/inventory.ts';
import { matching } from '../../query/queries.ts';
import { GoLink } from '../../state/go-link.tsx';
import { toPrincipalsOf, toCalls } from '../../state/places.ts';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatCount, formatPlural, formatShare, formatTime } from '../../widgets/format.ts';
import { SPEC_MEANINGS } from './words.ts';

interface StoryProps {
  readonly detail: EndpointDetail;
}

/** What the endpoint is and who calls it, in sentences whose numbers open the calls they count. */
export function Story({ detail }: StoryProps) {
  return (
    <div className="inv-story">
      <Traffic detail={detail} />
      <Description detail={detail} />
      <Classified detail={detail} />
    </div>
  );
}

function Traffic({ detail }: StoryProps) {
  const { endpoint, counted, failed } = detail;
  const { calls, agents, firstSeen, lastSeen, auth } = endpoint;
  if (calls === 0) return <p>Nothing in this evidence called it.</p>;
  const query = matching('endpoint', endpoint.id);
  const link = (text: string, and = ''): ReactNode => <GoLink to={toCalls(`${query}${and}`)}>{text}</GoLink>;
  return (
    <>
      <p>
        {link(formatPlural(calls, 'call'))} by <GoLink to={toPrincipalsOf(query)}>{formatPlural(detail.callersInAll, 'principal')}</GoLink>
        {agents === 0 ? (
          ', no agent among them'
        ) : (
          <>, {link(`${formatCount(agents)} of them ${agents === 1 ? 'an agent' : 'agents'}`, ' and kind:agent')}</>
        )}
        {firstSeen === undefined || lastSeen === undefined
          ? ''
          : `, from ${formatTime(firstSeen, 'min')} to ${formatTime(lastSeen, 'min')} UTC`}
        .
      </p>
      <p>
        {failed === 0 ? (
          'None failed. '
        ) : (
          <>
            {counted < calls ? `Of the first ${formatCount(counted)}, ` : ''}
            {link(`${formatCount(failed)} failed`, ' and is:failed')} ({formatShare(failed, counted)}).{' '}
          </>
        )}
        {auth.length === 0 ? null : `Authentication seen: ${auth.map((kind) => (kind === 'none' ? 'none at all' : kind)).join(', ')}.`}
      </p>
    </>
  );
}

function Description({ detail: { endpoint, operation, service } }: StoryProps) {
  return (
    <p>
      {operation === undefined ? (
        <>{sentence(SPEC_MEANINGS[endpoint.spec])}.</>
      ) : (
        <>
          It is the operation <code>{operation.name}</code> of <EvidenceText text={`${operation.specification} ${operation.version}`} />
          {operation.summary === undefined ? (
            ''
          ) : (
            <>
              : “<EvidenceText text={operation.summary} />”
            </>
          )}
          . The description {operation.secured ? 'asks for authentication' : 'asks for no authentication'}
          {operation.deprecated ? ' and calls it deprecated' : ''}.
        </>
      )}
      {service === undefined || service === endpoint.host ? null : (
        <>
          {' '}
          The gateway names its service{' '}
          <code>
            <EvidenceText text={service} />
          </code>
          .
        </>
      )}
    </p>
  );
}

function Classified({ detail: { endpoint } }: StoryProps) {
  return (
    <p className="muted">
      {endpoint.classifiedFrom === 'bodies'
        ? 'Classified from bodies: values were seen.'
        : 'Classified from names only: the evidence holds none of its bodies.'}
    </p>
  );
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
