import type { ReactNode } from 'react';
import type { EndpointDetail, ParameterSeen, Spread } from '#shared/contract/inventory.ts';
import { matching } from '../../query/queries.ts';
import { CountLink } from '../../state/count-link.tsx';
import { GoLink } from '../../state/go-link.tsx';
import { toCall, toPrincipalsOf, toCalls, toPrincipal } from '../../state/places.ts';
import type { Place } from '../../state/url.ts';
import { CardPart } from '../../widgets/card.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatCount, formatPlural, formatShare } from '../../widgets/format.ts';
import { KindMark } from '../../widgets/kind-mark.tsx';
import { MiddleText } from '../../widgets/middle-text.tsx';
import { ByteCount, DurationText, TimeText } from '../../widgets/numbers.tsx';
import { StatusMix } from './marks.tsx';
import { toStatusParts } from './status-mix.ts';

interface PartProps {
  readonly detail: EndpointDetail;
}

/** The head of a table: columns of words, then columns of numbers. */
function Head({ words, numbers }: { readonly words: readonly string[]; readonly numbers: readonly string[] }) {
  return (
    <thead>
      <tr>
        {words.map((word) => (
          <th key={word} scope="col">
            {word}
          </th>
        ))}
        {numbers.map((word) => (
          <th key={word} scope="col" className="end">
            {word}
          </th>
        ))}
      </tr>
    </thead>
  );
}

const queryOf = ({ endpoint }: EndpointDetail, and = ''): string => `${matching('endpoint', endpoint.id)}${and}`;

/** Every status with its calls. */
export function Statuses({ detail }: PartProps) {
  const { statuses, calls } = detail.endpoint;
  const rows = Object.entries(statuses);
  const byWord = toStatusParts(statuses, calls, detail.failed).find(({ name }) => name === 'failed')?.calls ?? 0;
  if (calls === 0) return null;
  return (
    <CardPart title="Statuses">
      <StatusMix statuses={statuses} calls={calls} failed={detail.failed} figures={false} />
      <ul className="inv-chips">
        {rows.map(([status, count]) => (
          <li key={status}>
            <GoLink to={toCalls(queryOf(detail, ` and status = ${status}`))}>
              {status} × {formatCount(count)}
            </GoLink>
          </li>
        ))}
        {byWord === 0 ? null : (
          <li>
            <GoLink to={toCalls(queryOf(detail, ' and is:failed and -status > 0'))}>failed without a status × {formatCount(byWord)}</GoLink>
          </li>
        )}
        {rows.length === 0 && byWord === 0 ? <li className="muted">No record has a status.</li> : null}
      </ul>
    </CardPart>
  );
}

/** The busiest callers. */
export function Callers({ detail }: PartProps) {
  const { callers, callersInAll, counted } = detail;
  if (callers.length === 0) return null;
  const isWhole = counted === detail.endpoint.calls;
  const place = (id: string, and = '') => (isWhole ? toCalls(queryOf(detail, ` and ${matching('principal', id)}${and}`)) : undefined);
  return (
    <CardPart
      title="Principals"
      note={
        callersInAll > callers.length ? (
          <>
            the {formatCount(callers.length)} busiest of <GoLink to={toPrincipalsOf(queryOf(detail))}>{formatCount(callersInAll)}</GoLink>
          </>
        ) : undefined
      }
    >
      <table className="table inv-table">
        <Head words={['Principal']} numbers={['Calls', 'Share', 'Failed']} />
        <tbody>
          {callers.map(({ id, label, kind, calls, failed }) => (
            <tr key={id}>
              <td className="wide">
                <span className="inv-caller">
                  <KindMark kind={kind} />
                  <GoLink to={toPrincipal(id)} title="Who this is and why">
                    <MiddleText text={label} />
                  </GoLink>
                </span>
              </td>
              <td className="end">
                <CountLink count={calls} to={place(id)} />
              </td>
              <td className="end">{formatShare(calls, counted)}</td>
              <td className="end">
                <CountLink count={failed} to={place(id, ' and is:failed')} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </CardPart>
  );
}

/** Kinds of data by place, with the share of calls that showed them. */
export function DataFields({ detail: { endpoint } }: PartProps) {
  const { dataTypes, classifiedFrom } = endpoint;
  return (
    <CardPart title="Fields with data" note={classifiedFrom === 'bodies' ? 'from bodies' : 'from names only'}>
      {dataTypes.length === 0 ? (
        <p className="muted">
          {classifiedFrom === 'bodies'
            ? 'No field of its bodies holds a kind of data that is known.'
            : 'No body was recorded, so no value could be looked at.'}
        </p>
      ) : (
        <table className="table inv-table">
          <Head words={['Kind', 'Where, and samples without their letters']} numbers={['Calls']} />
          <tbody>
            {dataTypes.map(({ type, where, share, samples }) => (
              <tr key={`${type} ${where}`}>
                <td className="nowrap">{type}</td>
                <td className="wide">
                  <MiddleText text={where} mono tail={16} />
                  {samples === undefined ? null : (
                    <span className="inv-values muted">
                      {samples.map((sample) => (
                        <span key={sample} className="inv-value mono">
                          <EvidenceText text={sample} />
                        </span>
                      ))}
                    </span>
                  )}
                </td>
                <td className="end">{formatShare(share, 1)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </CardPart>
  );
}

/** Where calls and description differ; nothing where they do not, or where there is nothing to compare with. */
export function Drift({ detail: { endpoint } }: PartProps) {
  if (endpoint.drift.length === 0) return null;
  return (
    <CardPart title="Drift from the description">
      <table className="table inv-table">
        <Head words={['What', 'Where']} numbers={['Calls']} />
        <tbody>
          {endpoint.drift.map(({ kind, where, calls }) => (
            <tr key={`${kind} ${where}`}>
              <td className="nowrap">{kind.replaceAll('-', ' ')}</td>
              <td className="wide">
                <MiddleText text={where} mono tail={16} />
              </td>
              <td className="end">{formatCount(calls)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </CardPart>
  );
}

/** Parameters with the values that they were seen with. */
export function Parameters({ detail: { parameters, parametersOf, endpoint } }: PartProps) {
  if (endpoint.calls === 0) return null;
  const note = parametersOf < endpoint.calls ? `from ${formatCount(parametersOf)} calls, spread over all` : undefined;
  return (
    <CardPart title="Parameters" note={note}>
      {parameters.length === 0 ? (
        <p className="muted">Neither its path nor a query string carries one.</p>
      ) : (
        <table className="table inv-table">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col" className="end">
                Calls
              </th>
              <th scope="col">Values seen</th>
            </tr>
          </thead>
          <tbody>
            {parameters.map((parameter) => (
              <tr key={`${parameter.place} ${parameter.name}`}>
                <td className="inv-parameter">
                  <MiddleText text={parameter.name} mono /> <span className="faint">{parameter.place}</span>
                </td>
                <td className="end">{formatCount(parameter.calls)}</td>
                <td className="wide">
                  <ValuesSeen parameter={parameter} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </CardPart>
  );
}

function ValuesSeen({ parameter: { values, distinct } }: { readonly parameter: ParameterSeen }) {
  const rest = distinct - values.length;
  return (
    <span className="inv-values">
      {values.map(({ value, calls }) => (
        <span key={value} className="inv-value" title={formatPlural(calls, 'time')}>
          {value === '' ? <span className="faint">(empty)</span> : <MiddleText text={value} mono />}
        </span>
      ))}
      {rest > 0 ? <span className="muted nowrap">and {formatCount(rest)} more</span> : null}
    </span>
  );
}

/** Latency and sizes as quantiles. */
export function Spreads({ detail }: PartProps) {
  const { latency, requestSize, responseSize, endpoint, counted } = detail;
  if (endpoint.calls === 0) return null;
  const rows = [
    { name: 'Latency', field: 'durationMs', spread: latency, draw: (value: number) => <DurationText ms={value} /> },
    { name: 'Request', field: 'reqBytes', spread: requestSize, draw: (value: number) => <ByteCount value={Math.round(value)} /> },
    { name: 'Response', field: 'resBytes', spread: responseSize, draw: (value: number) => <ByteCount value={Math.round(value)} /> },
  ];
  return (
    <CardPart title="Latency and sizes" note={counted < endpoint.calls ? `of the first ${formatCount(counted)} calls` : undefined}>
      <table className="table inv-table">
        <Head words={['Measure']} numbers={['Calls', 'Median', '90 %', '99 %', 'Largest']} />
        <tbody>
          {rows.map(({ name, field, spread, draw }) => (
            <SpreadRow
              key={name}
              name={name}
              spread={spread}
              to={counted < endpoint.calls ? undefined : toCalls(queryOf(detail, ` and ${field}:*`))}
              draw={draw}
            />
          ))}
        </tbody>
      </table>
    </CardPart>
  );
}

interface SpreadRowProps {
  readonly name: string;
  readonly spread: Spread | undefined;
  /** The calls that it was counted from. */
  readonly to: Partial<Place> | undefined;
  readonly draw: (value: number) => ReactNode;
}

function SpreadRow({ name, spread, to, draw }: SpreadRowProps) {
  return (
    <tr>
      <td>{name}</td>
      {spread === undefined ? (
        <td colSpan={5} className="faint">
          no record has it
        </td>
      ) : (
        <>
          <td className="end">
            <CountLink count={spread.count} to={to} />
          </td>
          {[spread.median, spread.p90, spread.p99, spread.max].map((value, index) => (
            <td key={index} className="end">
              {draw(value)}
            </td>
          ))}
        </>
      )}
    </tr>
  );
}

/** A few calls worth a look. */
export function Samples({ detail }: PartProps) {
  const { samples, endpoint } = detail;
  if (samples.length === 0) return null;
  return (
    <CardPart title="Sample calls">
      <table className="table inv-table">
        <Head words={['Why', 'Time (UTC)', 'Path']} numbers={['Status']} />
        <tbody>
          {samples.map(({ why, call }) => (
            <tr key={call.ref}>
              <td className="nowrap">{why}</td>
              <td className="nowrap">
                <GoLink to={toCall(call.ref)} title="Open the call">
                  <TimeText time={call.time} to="s" />
                </GoLink>
              </td>
              <td className="wide">
                <MiddleText text={`${call.path ?? ''}${call.query === undefined ? '' : `?${call.query}`}`} mono tail={10} />
              </td>
              <td className="end">{call.status ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {endpoint.calls > samples.length ? (
        <p>
          <GoLink to={toCalls(queryOf(detail))}>All {formatPlural(endpoint.calls, 'call')}</GoLink>
        </p>
      ) : null}
    </CardPart>
  );
}
