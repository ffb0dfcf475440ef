import './record-preview.css';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { InspectedSource, PreviewRow } from '#shared/contract/inspection.ts';
import { EvidenceText } from '../evidence-text.tsx';
import { MiddleText } from '../middle-text.tsx';
import { DurationText, TimeText } from '../numbers.tsx';

interface RecordPreviewProps {
  readonly inspected: Pick<InspectedSource, 'preview' | 'problem'>;
  readonly stale: boolean;
}

/** The first records of a source as calls, and what of them was not understood. */
export function RecordPreview({ inspected, stale }: RecordPreviewProps) {
  const { preview } = inspected;
  return (
    <section className={stale ? 'preview stale' : 'preview'} aria-label="Preview" aria-busy={stale}>
      <Verdict inspected={inspected} />
      {preview.length === 0 ? null : (
        <div className="preview-scroll" tabIndex={0} role="region" aria-label="First records">
          <table className="table">
            {preview.some(({ call }) => call !== undefined) ? <CallHead /> : <MissedHead />}
            <tbody>
              {preview.map((row) => (
                <Line key={row.record} row={row} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function CallHead() {
  return (
    <thead>
      <tr>
        <th scope="col" className="end">
          Record
        </th>
        <th scope="col">Time (UTC)</th>
        <th scope="col">Method</th>
        <th scope="col">Host</th>
        <th scope="col">Path</th>
        <th scope="col" className="end">
          Status
        </th>
        <th scope="col" className="end">
          Duration
        </th>
        <th scope="col">Principal</th>
        <th scope="col">Not understood</th>
      </tr>
    </thead>
  );
}

function MissedHead() {
  return (
    <thead>
      <tr>
        <th scope="col" className="end preview-record">
          Record
        </th>
        <th scope="col" colSpan={8}>
          Why it is no call
        </th>
      </tr>
    </thead>
  );
}

/** How much of the start is understood, in one sentence. */
function Verdict({ inspected: { preview, problem } }: Pick<RecordPreviewProps, 'inspected'>) {
  const read = preview.filter(({ call }) => call !== undefined).length;
  const zoneless = preview.filter(({ call }) => call?.time !== undefined && !call.zoneKnown).length;
  const isWell = problem === undefined && read > 0 && read === preview.length;
  const Icon = isWell ? CircleCheck : TriangleAlert;
  return (
    <p className="preview-verdict" role="status">
      <Icon size={14} strokeWidth={1.5} className={isWell ? 'ok' : 'severity-medium'} aria-hidden="true" />
      <span>
        {problem === undefined ? (
          preview.length === 0 ? (
            'Nothing of it is read as a call like this.'
          ) : (
            `${String(read)} of the first ${String(preview.length)} records are read as calls.`
          )
        ) : (
          <EvidenceText text={`${problem.slice(0, 1).toUpperCase()}${problem.slice(1)}.`} />
        )}
        {zoneless === 0 ? '' : ' Their times name no zone.'}
      </span>
    </p>
  );
}

const nothing = <span className="faint">–</span>;

function Line({ row: { record, call, issues, notUnderstood } }: { readonly row: PreviewRow }) {
  if (call === undefined) {
    const [issue] = issues;
    return (
      <tr>
        <td className="end">{record}</td>
        <td colSpan={8} className="preview-missed">
          {issue === undefined ? (
            'does not have what the mapping requires'
          ) : (
            <>
              <code className="code-tag">{issue.code}</code> <EvidenceText text={issue.message} />{' '}
              <span className="mono faint">
                <EvidenceText text={issue.excerpt} />
              </span>
            </>
          )}
        </td>
      </tr>
    );
  }
  return (
    <tr>
      <td className="end">{record}</td>
      <td className="cell-nowrap">{call.time === undefined ? nothing : <TimeText time={call.time} />}</td>
      <td className="mono">{call.method === undefined ? nothing : <EvidenceText text={call.method} />}</td>
      <td className="preview-host">{call.host === undefined ? nothing : <MiddleText isHost text={call.host} mono />}</td>
      <td className="preview-path">
        {call.path === undefined ? nothing : <MiddleText text={call.query === undefined ? call.path : `${call.path}?${call.query}`} mono />}
      </td>
      <td className="end">{call.status ?? nothing}</td>
      <td className="end cell-nowrap">{call.durationMs === undefined ? nothing : <DurationText ms={call.durationMs} />}</td>
      <td className="preview-host">{call.principal === undefined ? nothing : <MiddleText text={call.principal} />}</td>
      <td className="preview-missed">
        {notUnderstood.length === 0 && issues.length === 0 ? <span className="faint">nothing</span> : null}
        {notUnderstood.map(({ target, text }) => (
          <span key={target} className="missed-part">
            {target}: <code>{<EvidenceText text={text} />}</code>
          </span>
        ))}
        {issues.map(({ code, message }) => (
          <span key={code} className="missed-part">
            <code className="code-tag">{code}</code> <EvidenceText text={message} />
          </span>
        ))}
      </td>
    </tr>
  );
}
