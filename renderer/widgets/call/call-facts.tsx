import { useContext, type ReactNode } from 'react';
import type { CallDetail } from '#shared/contract/rows.ts';
import { toClause } from '#shared/query/edit.ts';
import type { FieldName } from '#shared/query/fields.ts';
import { commonTime } from '#shared/model/common-time.ts';
import { CommonTime } from '../common-time.tsx';
import { EvidenceText } from '../evidence-text.tsx';
import { formatCount, formatDuration } from '../format.ts';
import { KindMark } from '../kind-mark.tsx';
import { MiddleText } from '../middle-text.tsx';
import { BesideUtc, toLocalTime } from '../local-time.ts';
import { ByteCount, LocalTime, TimeText } from '../numbers.tsx';
import { SeverityMark } from '../severity-mark.tsx';
import { ValueTools, type OnClause } from './value-tools.tsx';

interface FactProps {
  readonly label: string;
  /** The field of the query language that filters by this value. */
  readonly field?: FieldName;
  readonly value: string | number | undefined;
  readonly onClause: OnClause;
  /** In place of the value as text. */
  readonly children?: ReactNode;
  readonly copy?: boolean;
}

/** One known thing about a call, with buttons that include or exclude its value; nothing at all when it is not known. */
export function Fact({ label, field, value, onClause, children, copy = false }: FactProps) {
  if (value === undefined) return null;
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {children ?? <MiddleText text={String(value)} mono />}
        <ValueTools
          name={label.toLowerCase()}
          clause={field === undefined ? undefined : toClause(field, value)}
          onClause={onClause}
          copy={copy ? String(value) : undefined}
        />
      </dd>
    </>
  );
}

const TIME_KINDS = {
  start: 'when the call began',
  end: 'when the call ended',
  unknown: 'the source does not say whether begin or end',
} as const;

interface CallFactsProps {
  readonly detail: CallDetail;
  readonly onClause: OnClause;
  readonly onFinding: ((id: string) => void) | undefined;
  /** What the analyst put on the call: tags and notes. */
  readonly review: ReactNode;
}

/** What is known about a call at a glance: who, what, when, with what result, and where in the evidence it stands. */
export function CallFacts({ detail, onClause, onFinding, review }: CallFactsProps) {
  const { call, principal, extras } = detail;
  const zone = useContext(BesideUtc);
  const fact = (
    label: string,
    field: FieldName | undefined,
    value: string | number | undefined,
    children?: ReactNode,
    copy = false,
  ): ReactNode => (
    <Fact key={label} label={label} {...(field === undefined ? {} : { field })} value={value} onClause={onClause} copy={copy}>
      {children}
    </Fact>
  );
  return (
    <div className="facts-two">
      <section className="detail-section" aria-label="The call">
        <dl className="facts">
          {fact(
            'Time',
            undefined,
            call.time ?? 'unknown',
            <>
              <TimeText time={call.time} />
              <span className="faint">UTC, {TIME_KINDS[call.timeKind]}</span>
            </>,
          )}
          {zone === '' || call.time === undefined
            ? null
            : fact(
                'Local time',
                undefined,
                `${toLocalTime(call.time, zone)} ${zone}`,
                <>
                  <LocalTime time={call.time} />
                  <span className="faint">{zone}</span>
                </>,
              )}
          {call.clockAheadMs === undefined ? null : fact('On the chain’s clock', undefined, commonTime(call), <CommonTime call={call} />)}
          {fact(
            'Principal',
            'principal',
            call.principalLabel ?? call.principal,
            <>
              <KindMark kind={call.kind ?? 'unknown'} />
              <MiddleText text={call.principalLabel ?? call.principal ?? ''} />
            </>,
          )}
          {principal === undefined
            ? null
            : fact(
                'Known by',
                undefined,
                principal.why,
                <span className="muted fact-wrap">
                  <EvidenceText text={principal.why} />
                </span>,
              )}
          {fact('Endpoint', 'endpoint', call.endpoint)}
          {fact('Host', 'host', call.host, call.host === undefined ? undefined : <MiddleText isHost text={call.host} mono />)}
          {fact('Path', 'path', call.path, <Whole text={call.path} />, true)}
          {fact('Query', 'query', call.query, <Whole text={call.query} />)}
          {fact('Status', 'status', call.status)}
          {fact(
            'Duration',
            undefined,
            call.durationMs,
            call.durationMs === undefined ? undefined : <span className="number">{formatDuration(call.durationMs)}</span>,
          )}
          {fact('Response', undefined, call.resBytes, call.resBytes === undefined ? undefined : <ByteCount value={call.resBytes} />)}
          {fact('Request', undefined, call.reqBytes, call.reqBytes === undefined ? undefined : <ByteCount value={call.reqBytes} />)}
          {fact('Client', 'clientIp', call.clientIp)}
          {fact('User agent', 'userAgent', call.userAgent)}
          {fact('Tool', 'tool', call.tool)}
          {fact('Route', 'route', call.route)}
          {fact('Service', 'service', call.service)}
          {fact('Upstream', 'upstream', call.upstream)}
          {fact('Trace', 'traceId', call.traceId)}
          {fact('Request id', 'requestId', call.requestId)}
          {extras.map((extra, index) => (
            <Fact key={`x${String(index)}`} label={extra.name} value={extra.value} onClause={onClause} />
          ))}
        </dl>
      </section>
      <div className="detail-section">
        {review}
        {detail.findings.length === 0 ? null : (
          <section className="detail-section" aria-label="Findings that name this call">
            <h3>Findings that name this call</h3>
            <ul>
              {detail.findings.map((finding) => (
                <li key={finding.id}>
                  <SeverityMark severity={finding.severity} />{' '}
                  {onFinding === undefined ? (
                    <EvidenceText text={finding.title} />
                  ) : (
                    <button
                      type="button"
                      className="link"
                      onClick={() => {
                        onFinding(finding.id);
                      }}
                    >
                      <EvidenceText text={finding.title} />
                    </button>
                  )}
                </li>
              ))}
            </ul>
          </section>
        )}
        <ProvenanceList detail={detail} onClause={onClause} />
      </div>
    </div>
  );
}

/** A value as long as it is, over as many lines as that takes. */
function Whole({ text = '' }: { readonly text: string | undefined }) {
  return (
    <span className="mono fact-wrap">
      <EvidenceText text={text} />
    </span>
  );
}

/** Where a call stands in the evidence: file, record, bytes and the hash of the file, for every sighting. */
function ProvenanceList({ detail, onClause }: { readonly detail: CallDetail; readonly onClause: OnClause }) {
  return detail.provenance.map((place, index) => (
    <section
      key={`${place.source}#${String(place.record)}`}
      className="detail-section"
      aria-label={index === 0 ? 'Evidence' : `Also seen as ${String(index)}`}
    >
      <h3>{index === 0 ? 'Evidence' : 'Also seen as'}</h3>
      <dl className="facts">
        <Fact label="File" field="source" value={place.source} onClause={onClause} copy />
        <Fact label="Record" value={place.record} onClause={onClause}>
          <span className="number">{formatCount(place.record)}</span>
          <span className="faint number">
            bytes {formatCount(place.byteStart)} to {formatCount(place.byteStart + place.byteLength)}
          </span>
        </Fact>
        <Fact label="Inside" value={place.container} onClause={onClause} />
        <Fact label="SHA-256" value={place.sourceSha256} onClause={onClause} copy />
      </dl>
    </section>
  ));
}
