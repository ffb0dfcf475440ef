import type { Severity } from '#shared/contract/report-json.ts';
import type { CallRow } from '#shared/contract/rows.ts';
import { registrableDomain } from '#shared/lib/domains.ts';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatCount, toByteQuantity } from '../../widgets/format.ts';
import { KindMark } from '../../widgets/kind-mark.tsx';
import { MiddleText } from '../../widgets/middle-text.tsx';
import { TimeText } from '../../widgets/numbers.tsx';
import { SeverityShape } from '../../widgets/severity-mark.tsx';
import type { Column } from '../../widgets/virtual-table.tsx';

/** The columns of the table of calls. Ids of sortable ones are the sort fields of `calls.page`. */
export const callColumns: readonly Column<CallRow>[] = [
  { id: 'time', title: 'Time (UTC)', width: '172px', sortable: true, cell: (call) => <TimeText time={call.time} /> },
  {
    id: 'principal',
    title: 'Caller',
    width: 'minmax(116px, 0.95fr)',
    cell: (call) => (
      <span className="call-caller">
        <KindMark kind={call.kind ?? 'unknown'} />
        {call.principalLabel === undefined ? (
          <span className="faint">unknown</span>
        ) : (
          <MiddleText text={call.principalLabel} tail={callerTail(call.principalLabel)} />
        )}
      </span>
    ),
  },
  {
    id: 'method',
    title: 'Method',
    width: '68px',
    sortable: true,
    cell: (call) => (
      <span className="mono">
        <EvidenceText text={call.method ?? ''} />
      </span>
    ),
  },
  {
    id: 'host',
    title: 'Host',
    width: 'minmax(140px, 1.3fr)',
    sortable: true,
    cell: (call) => <HostName host={call.host ?? ''} />,
  },
  {
    id: 'path',
    title: 'Path',
    width: 'minmax(124px, 1.4fr)',
    sortable: true,
    cell: (call) => <MiddleText text={(call.path ?? '') + (call.query === undefined ? '' : `?${call.query}`)} mono />,
  },
  {
    id: 'endpoint',
    title: 'Endpoint',
    width: 'minmax(92px, 0.9fr)',
    cell: (call) => (
      <span className="muted">
        <MiddleText text={templateOf(call.endpoint)} mono />
      </span>
    ),
  },
  { id: 'status', title: 'Status', width: '60px', align: 'end', sortable: true, cell: (call) => <Status status={call.status} /> },
  {
    id: 'durationMs',
    title: 'ms',
    width: '64px',
    align: 'end',
    sortable: true,
    cell: (call) => (call.durationMs === undefined ? null : formatMs(call.durationMs)),
  },
  {
    id: 'resBytes',
    title: 'Response',
    width: '76px',
    align: 'end',
    sortable: true,
    cell: (call) => (call.resBytes === undefined ? null : <Bytes value={call.resBytes} />),
  },
  {
    id: 'findings',
    title: 'Finding',
    width: '64px',
    align: 'end',
    cell: (call) => (call.findingSeverity === undefined ? null : <FindingMark severity={call.findingSeverity} count={call.findings} />),
  },
];

/** The template of an endpoint id, whose method and host have columns of their own. */
const templateOf = (endpoint: string | undefined): string =>
  endpoint === undefined ? '' : endpoint.slice(Math.max(0, endpoint.indexOf('/')));

/** Milliseconds without a unit, which stands in the head; a fraction only below 10. */
const formatMs = (ms: number): string => (ms < 10 ? ms.toFixed(1).replace(/\.0$/, '') : formatCount(ms));

/** Who owns a host stands at its end, and that part is never cut. */
function HostName({ host }: { readonly host: string }) {
  return <MiddleText text={host} tail={registrableDomain(host).length + 1} />;
}

/** What tells callers of one network apart stands behind the dot: `10.20.0.0/24 · kube-probe`. */
const callerTail = (label: string): number => {
  const dot = label.lastIndexOf(' · ');
  return dot < 0 ? 5 : label.length - dot;
};

function Status({ status }: { readonly status: number | undefined }) {
  return status === undefined ? null : <span className={status >= 400 ? 'status-bad' : undefined}>{status}</span>;
}

function Bytes({ value }: { readonly value: number }) {
  const quantity = toByteQuantity(value);
  return (
    <>
      {quantity.value} <span className="unit">{quantity.unit}</span>
    </>
  );
}

function FindingMark({ severity, count }: { readonly severity: Severity; readonly count: number }) {
  const label =
    count === 1 ? `named by a finding of severity ${severity}` : `named by ${formatCount(count)} findings, the worst ${severity}`;
  return (
    <span className={`call-finding severity-${severity}`} role="img" aria-label={label} title={label}>
      {count > 1 ? <span className="muted">{formatCount(count)}</span> : null}
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <SeverityShape severity={severity} />
      </svg>
    </span>
  );
}
