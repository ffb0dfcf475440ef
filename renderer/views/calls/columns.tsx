import type { CallRow } from '#shared/contract/rows.ts';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatCount, toByteQuantity } from '../../widgets/format.ts';
import { KindMark } from '../../widgets/kind-mark.tsx';
import { MiddleText } from '../../widgets/middle-text.tsx';
import { TimeText } from '../../widgets/numbers.tsx';
import type { Column } from '../../widgets/virtual-table.tsx';

/** The columns of the table of calls. Ids of sortable ones are the sort fields of `calls.page`. */
export const callColumns: readonly Column<CallRow>[] = [
  { id: 'time', title: 'Time (UTC)', width: '172px', sortable: true, cell: (call) => <TimeText time={call.time} /> },
  {
    id: 'principal',
    title: 'Caller',
    width: 'minmax(140px, 1fr)',
    cell: (call) => (
      <span className="call-caller">
        <KindMark kind={call.kind ?? 'unknown'} />
        {call.principalLabel === undefined ? <span className="faint">unknown</span> : <MiddleText text={call.principalLabel} tail={5} />}
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
    width: 'minmax(120px, 1.1fr)',
    sortable: true,
    cell: (call) => <MiddleText text={call.host ?? ''} tail={10} />,
  },
  {
    id: 'path',
    title: 'Path',
    width: 'minmax(150px, 1.5fr)',
    sortable: true,
    cell: (call) => <MiddleText text={(call.path ?? '') + (call.query === undefined ? '' : `?${call.query}`)} mono />,
  },
  {
    id: 'endpoint',
    title: 'Endpoint',
    width: 'minmax(110px, 0.95fr)',
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
    width: '62px',
    align: 'end',
    cell: (call) => (call.findings === 0 ? null : <FindingMark count={call.findings} />),
  },
];

/** The template of an endpoint id, whose method and host have columns of their own. */
const templateOf = (endpoint: string | undefined): string =>
  endpoint === undefined ? '' : endpoint.slice(Math.max(0, endpoint.indexOf('/')));

/** Milliseconds without a unit, which stands in the head; a fraction only below 10. */
const formatMs = (ms: number): string => (ms < 10 ? ms.toFixed(1).replace(/\.0$/, '') : formatCount(ms));

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

function FindingMark({ count }: { readonly count: number }) {
  const label = `named by ${formatCount(count)} ${count === 1 ? 'finding' : 'findings'}`;
  return (
    <span className="call-finding" role="img" aria-label={label} title={label}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <path d="M6 .8 11.6 11H.4z" />
      </svg>
      {count > 1 ? formatCount(count) : null}
    </span>
  );
}
