import '../../widgets/card.css';
import { Fragment, type ReactNode } from 'react';
import type { ChainData, ChainFacts, ChainFold } from '#shared/contract/chains.ts';
import { select } from '../../state/selection.ts';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatBytes, formatCount, formatDuration, formatPlural } from '../../widgets/format.ts';

interface FactsProps {
  readonly facts: ChainFacts;
  /** Closes what stands before the chain, since a call was gone to. */
  readonly onGo: () => void;
}

/** A call to go to, named by what it shows. */
function CallButton({ call, children, onGo }: { readonly call: string; readonly children: ReactNode; readonly onGo: () => void }) {
  return (
    <button
      type="button"
      className="link"
      title={`Show the call ${call}`}
      onClick={() => {
        select({ call });
        onGo();
      }}
    >
      {children}
    </button>
  );
}

/** Tree, tempo, data, hosts and folds of a chain; every number with the call behind it. */
export function FactsTables({ facts, onGo }: FactsProps) {
  const { rootCause, roots, depth, fanOut, truncated } = facts;
  return (
    <>
      {truncated ? <p role="status">The chain is longer than what is looked at here: the numbers are of its first calls.</p> : null}
      <dl className="card-facts">
        <dt>Began with</dt>
        <dd>
          <CallButton call={rootCause.call} onGo={onGo}>
            <EvidenceText text={rootCause.step} />
          </CallButton>
          , which led to {formatPlural(rootCause.follows, 'call')}
        </dd>
        <dt>Tree</dt>
        <dd>
          {formatPlural(depth, 'level')}, {formatPlural(roots, 'call')} without a cause in the chain
          {fanOut === undefined ? null : (
            <>
              , up to{' '}
              <CallButton call={fanOut.call} onGo={onGo}>
                {formatPlural(fanOut.most, 'call')}
              </CallButton>{' '}
              from one, {String(fanOut.mean)} on average
            </>
          )}
        </dd>
        <dt>Tempo</dt>
        <dd>{tempoText(facts)}</dd>
        <DataLine title="Sent" data={facts.out} />
        <DataLine title="Received" data={facts.in} />
      </dl>
      <HostTable facts={facts} onGo={onGo} />
      <FoldTable facts={facts} onGo={onGo} />
    </>
  );
}

function tempoText({ tempo }: ChainFacts): string {
  const { durationMs, callsPerSecond, medianGapMs, p95GapMs, overlapping, atOnce } = tempo;
  if (durationMs === undefined) return 'unknown: no call has a time';
  return [
    `${formatDuration(durationMs)} in all`,
    callsPerSecond === undefined ? '' : `${String(callsPerSecond)} calls a second`,
    medianGapMs === undefined || p95GapMs === undefined
      ? ''
      : `a call every ${formatDuration(medianGapMs)} (median; 95 % within ${formatDuration(p95GapMs)})`,
    `${formatCount(overlapping)} began beside another`,
    `up to ${formatCount(atOnce)} at once`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function DataLine({ title, data }: { readonly title: string; readonly data: ChainData }) {
  const bytes =
    data.callsWithBytes === 0
      ? 'sizes unknown'
      : `${formatBytes(data.bytes)} by ${formatPlural(data.callsWithBytes, 'call')}, each hop counted`;
  const types = data.types.map(({ type, calls, count }) => `${type} ×${formatCount(count)} in ${formatPlural(calls, 'call')}`);
  return (
    <>
      <dt>{title}</dt>
      <dd>
        {bytes}; {types.length === 0 ? 'no kind of data was seen' : types.join(', ')}
      </dd>
    </>
  );
}

function HostTable({ facts: { hosts, crossings }, onGo }: FactsProps) {
  return (
    <>
      <h3>
        {formatPlural(hosts.length, 'host')}, {formatPlural(crossings.length, 'crossing')} between trust domains
      </h3>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Trust domain</th>
            <th scope="col">Host</th>
            <th scope="col" className="end number">
              Calls
            </th>
            <th scope="col">Entered from</th>
          </tr>
        </thead>
        <tbody>
          {hosts.map(({ host, domain, calls, first }) => (
            <tr key={host}>
              <td>
                <EvidenceText text={domain} />
              </td>
              <td>
                <EvidenceText isHost text={host} />
              </td>
              <td className="end number">
                <CallButton call={first} onGo={onGo}>
                  {formatCount(calls)}
                </CallButton>
              </td>
              <td>
                {crossings
                  .filter(({ toDomain }) => toDomain === domain)
                  .map(({ fromDomain, edges, to }, index) => (
                    <Fragment key={fromDomain}>
                      {index === 0 ? '' : ', '}
                      <CallButton call={to} onGo={onGo}>
                        <EvidenceText text={`${fromDomain} (${formatPlural(edges, 'link')})`} />
                      </CallButton>
                    </Fragment>
                  ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** Folds listed; a chain that does not repeat itself has one a call, and those stand in its table. */
const MAX_FOLDS = 100;

const repeatText = (kind: ChainFold['kind'], calls: number, round: number): string =>
  kind === 'retry' ? 'failed, tried again' : kind === 'rounds' ? formatPlural(calls / round, 'round') : 'repeated';

function FoldTable({ facts: { folds }, onGo }: FactsProps) {
  const repeats = folds.filter(({ calls, kind }) => calls.length > 1 || kind === 'retry').slice(0, MAX_FOLDS);
  const retries = folds.filter(({ kind }) => kind === 'retry').length;
  if (repeats.length === 0) return null;
  return (
    <>
      <h3>Repeats{retries === 0 ? '' : `, ${formatPlural(retries, 'step')} tried again`}</h3>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">What</th>
            <th scope="col" className="end number">
              Calls
            </th>
            <th scope="col">Status</th>
            <th scope="col" className="end number">
              Slowest
            </th>
          </tr>
        </thead>
        <tbody>
          {repeats.map(({ id, step, round, kind, calls, statuses, slowestMs }) => (
            <tr key={id}>
              <td className="mono">
                <EvidenceText text={round?.join(' → ') ?? step} />
              </td>
              <td>{repeatText(kind, calls.length, round?.length ?? 1)}</td>
              <td className="end number">
                <CallButton call={id} onGo={onGo}>
                  {formatCount(calls.length)}
                </CallButton>
              </td>
              <td>
                {Object.entries(statuses)
                  .map(([status, count]) => `${status === '-' ? 'none' : status} ×${formatCount(count)}`)
                  .join(', ')}
              </td>
              <td className="end number">{slowestMs === undefined ? '' : formatDuration(slowestMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
