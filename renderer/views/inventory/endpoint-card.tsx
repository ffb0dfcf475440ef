import { useState } from 'react';
import type { EndpointDetail } from '#shared/contract/inventory.ts';
import { printPlace } from '#shared/model/inner-operation.ts';
import { matching } from '../../query/queries.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { useReview } from '../../query/use-review.ts';
import { FindingList } from '../../state/finding-list.tsx';
import { GoLink } from '../../state/go-link.tsx';
import { toCalls } from '../../state/places.ts';
import { useReadOnly } from '../../state/read-only.ts';
import { select } from '../../state/selection.ts';
import { showTemplateEditor } from '../../state/template-editor.ts';
import { Answer } from '../../widgets/answer.tsx';
import { Button } from '../../widgets/button.tsx';
import { Card, CardBody, CardHead } from '../../widgets/card.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatTime } from '../../widgets/format.ts';
import { Callers, DataFields, Drift, Parameters, Samples, Spreads, Statuses } from './card-parts.tsx';
import { Story } from './endpoint-story.tsx';
import { LevelDialog } from './level-dialog.tsx';
import { FlagMarks, LevelMark, SpecMark } from './marks.tsx';

/** Where the focus goes when an endpoint is opened by key. */
export const CARD_ID = 'endpoint-card';

/** One endpoint in full. */
export function EndpointCard({ id }: { readonly id: string }) {
  const detail = useEngineQuery('endpoints.get', { id });
  return (
    <Card id={CARD_ID} label="Endpoint" shown={id} stale={detail.stale}>
      <Answer query={detail} what="this endpoint" lines={10}>
        {(data) => (
          <>
            <Head key={data.endpoint.id} detail={data} />
            <CardBody>
              <Story detail={data} />
              <FindingList key={data.endpoint.id} findings={data.findings} />
              <Statuses detail={data} />
              <Callers detail={data} />
              <DataFields detail={data} />
              <Drift detail={data} />
              <Parameters detail={data} />
              <Spreads detail={data} />
              <Samples detail={data} />
            </CardBody>
          </>
        )}
      </Answer>
    </Card>
  );
}

function Head({ detail }: { readonly detail: EndpointDetail }) {
  const { endpoint, override, siblings } = detail;
  const [isSetting, setSetting] = useState(false);
  const readOnly = useReadOnly();
  const level = override?.level ?? endpoint.sensitivity;
  return (
    <CardHead
      title={
        <span className="mono">
          {endpoint.method} <EvidenceText text={printPlace({ ...endpoint, key: endpoint.id })} />
        </span>
      }
      onClose={() => {
        select({ endpoint: undefined });
      }}
      closeLabel="Close the endpoint"
    >
      <p className="inv-marks">
        <LevelMark level={level} byHand={override !== undefined} />
        <SpecMark spec={endpoint.spec} />
        <FlagMarks flags={endpoint.flags} />
      </p>
      <p className="muted">
        {endpoint.host === '' ? (
          'No record of these calls names a host.'
        ) : (
          <span className="mono">
            <EvidenceText isHost text={endpoint.host} />
          </span>
        )}
        {siblings.length === 0 ? null : (
          <span className="inv-siblings">
            {' '}
            also{' '}
            {siblings.map(({ id, method }) => (
              <GoLink key={id} to={{ endpoint: id }}>
                <EvidenceText text={method} />
              </GoLink>
            ))}
          </span>
        )}
      </p>
      {override === undefined ? null : <Override detail={detail} />}
      <div className="card-actions">
        {endpoint.calls === 0 ? null : (
          <GoLink to={toCalls(matching('endpoint', endpoint.id))} className="button">
            Show its calls
          </GoLink>
        )}
        <Button
          disabled={readOnly}
          onClick={() => {
            setSetting(true);
          }}
        >
          Set the sensitivity…
        </Button>
        <Button
          onClick={() => {
            showTemplateEditor(endpoint.id);
          }}
        >
          Edit path templates…
        </Button>
      </div>
      {isSetting ? (
        <LevelDialog
          endpoint={endpoint.id}
          level={level}
          onClose={() => {
            setSetting(false);
          }}
        />
      ) : null}
    </CardHead>
  );
}

/** The level that the analyst set: why, when, what was worked out instead, and the way back. */
function Override({ detail: { endpoint, override } }: { readonly detail: EndpointDetail }) {
  const { change } = useReview();
  const readOnly = useReadOnly();
  if (override === undefined) return null;
  return (
    <p className="inv-override">
      Set to {override.level} by hand on {formatTime(override.at, 'min')} UTC; worked out was {endpoint.sensitivity}. Reason:{' '}
      <EvidenceText text={override.reason} />{' '}
      <button
        type="button"
        className="link"
        disabled={readOnly !== undefined}
        title={readOnly}
        onClick={() => {
          void change({ kind: 'classify-remove', endpoint: endpoint.id });
        }}
      >
        Take back
      </button>
    </p>
  );
}
