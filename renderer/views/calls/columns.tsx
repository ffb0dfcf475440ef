import type { ReactNode } from 'react';
import type { CallRow } from '#shared/contract/rows.ts';
import { registrableDomain } from '#shared/lib/domains.ts';
import type { FieldName } from '#shared/query/fields.ts';
import { AnswerText } from '../../widgets/answer-text.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { KindMark } from '../../widgets/kind-mark.tsx';
import { MiddleText } from '../../widgets/middle-text.tsx';
import { ReviewMarks } from '../../widgets/review-marks.tsx';
import { LocalTime, TimeText } from '../../widgets/numbers.tsx';
import type { CallColumn } from './call-column.ts';
import { Bytes, FindingMark, formatMs } from './cells.tsx';

/** A column that shows a field as it is, in the font of what was captured. */
const plain = (
  field: FieldName & keyof CallRow,
  title: string,
  width: string,
  look: Pick<CallColumn, 'sortable' | 'align'> = {},
): CallColumn => {
  const value = (call: CallRow): string | number | undefined => {
    const found = call[field];
    return typeof found === 'string' || typeof found === 'number' ? found : undefined;
  };
  return { id: field, title, width, field, value, cell: (call) => asText(value(call)), ...look };
};

const asText = (value: string | number | undefined): ReactNode =>
  value === undefined ? null : typeof value === 'number' ? value : <MiddleText text={value} mono />;

/** Every column of the table of calls. Ids of sortable ones are the sort fields of `calls.page`. */
export const callColumns: readonly CallColumn[] = [
  { id: 'time', title: 'Time (UTC)', width: '168px', usual: true, sortable: true, cell: (call) => <TimeText time={call.time} /> },
  // Empty until a zone is chosen in the title bar; each time names its offset, for a clock is set forward and back.
  { id: 'localTime', title: 'Local time', width: '224px', cell: (call) => <LocalTime time={call.time} /> },
  {
    id: 'principal',
    title: 'Principal',
    width: 'minmax(132px, 1fr)',
    usual: true,
    field: 'principal',
    value: (call) => call.principalLabel ?? call.principal,
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
    ...plain('method', 'Method', '68px', { sortable: true }),
    usual: true,
    cell: (call) => (
      <span className="mono">
        <EvidenceText text={call.method ?? ''} />
      </span>
    ),
  },
  {
    ...plain('host', 'Host', 'minmax(150px, 1fr)', { sortable: true }),
    usual: true,
    // Who owns a host stands at its end, and that part is never cut.
    cell: (call) => <MiddleText isHost text={call.host ?? ''} tail={registrableDomain(call.host ?? '').length + 1} />,
  },
  {
    ...plain('path', 'Path', 'minmax(140px, 1.7fr)', { sortable: true }),
    usual: true,
    cell: (call) => <MiddleText text={(call.path ?? '') + (call.query === undefined ? '' : `?${call.query}`)} mono />,
  },
  {
    ...plain('endpoint', 'Endpoint', 'minmax(92px, 0.9fr)'),
    cell: (call) => (
      <span className="muted">
        <MiddleText text={templateOf(call.endpoint)} mono />
      </span>
    ),
  },
  { ...plain('status', 'Status', '60px', { sortable: true, align: 'end' }), usual: true, cell: (call) => <AnswerText call={call} /> },
  {
    id: 'durationMs',
    title: 'ms',
    width: '56px',
    usual: true,
    align: 'end',
    sortable: true,
    cell: (call) => (call.durationMs === undefined ? null : formatMs(call.durationMs)),
  },
  {
    id: 'resBytes',
    title: 'Response',
    width: '76px',
    usual: true,
    align: 'end',
    sortable: true,
    cell: (call) => (call.resBytes === undefined ? null : <Bytes value={call.resBytes} />),
  },
  {
    id: 'reqBytes',
    title: 'Request',
    width: '76px',
    align: 'end',
    sortable: true,
    cell: (call) => (call.reqBytes === undefined ? null : <Bytes value={call.reqBytes} />),
  },
  {
    id: 'findings',
    title: 'Finding',
    width: '56px',
    usual: true,
    align: 'end',
    cell: (call) => (call.findingSeverity === undefined ? null : <FindingMark severity={call.findingSeverity} count={call.findings} />),
  },
  { id: 'review', title: 'Marks', width: '64px', usual: true, cell: (call) => <ReviewMarks call={call} /> },
  plain('kind', 'Kind', '72px'),
  plain('clientIp', 'Client', '120px'),
  plain('userAgent', 'User agent', 'minmax(120px, 1fr)'),
  plain('credential', 'Credential', '96px'),
  plain('tool', 'Tool', 'minmax(100px, 0.8fr)'),
  plain('chain', 'Chain', 'minmax(120px, 0.8fr)'),
  plain('query', 'Query string', 'minmax(120px, 1fr)'),
  plain('contentType', 'Content type', '140px'),
  plain('referer', 'Referer', 'minmax(120px, 1fr)'),
  plain('scheme', 'Scheme', '64px'),
  plain('port', 'Port', '56px', { align: 'end' }),
  plain('service', 'Service', '120px'),
  plain('route', 'Route', '120px'),
  plain('upstream', 'Upstream', '140px'),
  plain('traceId', 'Trace id', '140px'),
  plain('spanId', 'Span id', '120px'),
  plain('parentSpanId', 'Parent span', '120px'),
  plain('requestId', 'Request id', '140px'),
  plain('ref', 'Reference', 'minmax(140px, 1fr)'),
  plain('format', 'Format', '96px'),
];

/** The columns of a table that nobody has changed. */
export const USUAL_COLUMNS: readonly string[] = callColumns.filter((column) => column.usual === true).map((column) => column.id);

const byId = new Map(callColumns.map((column) => [column.id, column]));

/** The column of an id. */
export const findColumn = (id: string | undefined): CallColumn | undefined => (id === undefined ? undefined : byId.get(id));

/** The template of an endpoint id, whose method and host have columns of their own. */
const templateOf = (endpoint: string | undefined): string =>
  endpoint === undefined ? '' : endpoint.slice(Math.max(0, endpoint.indexOf('/')));

/** What tells callers of one network apart stands behind the dot: `10.20.0.0/24 · kube-probe`. */
const callerTail = (label: string): number => {
  const dot = label.lastIndexOf(' · ');
  return dot < 0 ? 5 : label.length - dot;
};
