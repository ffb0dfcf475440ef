import './call-diff.css';
import { ArrowLeftRight, X } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import type { BodyRow, CallDetail } from '#shared/contract/rows.ts';
import { compareFacts, compareNamed, compareParameters, type ComparedRow } from './call-differences.ts';
import { compareLines, type DiffFold, type DiffLine } from './diff-lines.ts';
import { EvidenceText } from '../evidence-text.tsx';
import { formatCount, formatPlural } from '../format.ts';
import { IconButton } from '../icon-button.tsx';
import { indentJson } from './indent-json.ts';
import { MiddleText } from '../middle-text.tsx';

interface CallDiffProps {
  readonly left: CallDetail;
  readonly right: CallDetail;
  readonly onSwap: () => void;
  readonly onClose: () => void;
}

/** Two calls side by side: facts, parameters, headers and bodies; what differs stands out, the rest can be hidden. */
export function CallDiff({ left, right, onSwap, onClose }: CallDiffProps) {
  const [all, setAll] = useState(false);
  const parts: readonly (readonly [title: string, rows: readonly ComparedRow[]])[] = useMemo(
    () => [
      ['Facts', compareFacts(left, right)],
      ['Query parameters', compareParameters(left, right)],
      ['Request headers', compareNamed(left.requestHeaders, right.requestHeaders)],
      ['Response headers', compareNamed(left.responseHeaders, right.responseHeaders)],
    ],
    [left, right],
  );
  const rows = parts.flatMap(([, found]) => found);
  const differing = rows.filter((row) => !row.same).length;
  return (
    <section className="detail" aria-label="Two calls compared">
      <div className="detail-head">
        <h2 className="detail-title">
          Compared: {formatCount(differing)} of {formatCount(rows.length)} values differ
        </h2>
        <label className="diff-all">
          <input
            type="checkbox"
            checked={all}
            onChange={(event) => {
              setAll(event.target.checked);
            }}
          />
          Equal values too
        </label>
        <IconButton icon={ArrowLeftRight} label="Swap the two sides" title="Swap" onClick={onSwap} />
        <IconButton icon={X} label="Close the comparison" title="Close" onClick={onClose} />
      </div>
      <div className="detail-body" tabIndex={0} role="region" aria-label="Differences">
        <div className="diff-heads">
          <span />
          <MiddleText text={left.call.ref} mono />
          <MiddleText text={right.call.ref} mono />
        </div>
        {parts.map(([title, found]) => (
          <ComparedTable key={title} title={title} rows={found} all={all} />
        ))}
        <BodyDiff title="Request body" left={left.requestBody} right={right.requestBody} />
        <BodyDiff title="Response body" left={left.responseBody} right={right.responseBody} />
      </div>
    </section>
  );
}

interface ComparedTableProps {
  readonly title: string;
  readonly rows: readonly ComparedRow[];
  readonly all: boolean;
}

function ComparedTable({ title, rows, all }: ComparedTableProps) {
  const shown = all ? rows : rows.filter((row) => !row.same);
  if (rows.length === 0) return null;
  return (
    <table className="diff-table">
      <caption>
        {title}{' '}
        <span className="faint">{shown.length === 0 ? 'equal' : `${formatCount(rows.filter((row) => !row.same).length)} differ`}</span>
      </caption>
      <tbody>
        {shown.map((row, index) => (
          <tr key={`${row.name} ${String(index)}`} className={row.same ? undefined : 'diff-row'}>
            <th scope="row">
              <EvidenceText text={row.name} />
            </th>
            <Side text={row.left} same={row.same} />
            <Side text={row.right} same={row.same} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Side({ text, same }: { readonly text: string | undefined; readonly same: boolean }) {
  if (text === undefined) return <td className="faint">absent</td>;
  return (
    <td className="mono">
      {same ? (
        <EvidenceText text={text} />
      ) : (
        <mark>
          <EvidenceText text={text} />
        </mark>
      )}
    </td>
  );
}

interface BodyDiffProps {
  readonly title: string;
  readonly left: BodyRow | undefined;
  readonly right: BodyRow | undefined;
}

function BodyDiff({ title, left, right }: BodyDiffProps) {
  const [ours, theirs] = [left?.text, right?.text];
  const lines = useMemo(
    () => (ours === undefined || theirs === undefined ? undefined : compareLines(indentJson(ours), indentJson(theirs))),
    [ours, theirs],
  );
  if (ours === undefined && theirs === undefined) return null;
  return (
    <section className="detail-section" aria-label={`${title} compared`}>
      <h3>
        {title} <span className="faint">{ours === theirs ? 'equal' : ''}</span>
      </h3>
      {ours === undefined || theirs === undefined ? (
        <p className="muted">Only the {ours === undefined ? 'right' : 'left'} call has this body in the evidence.</p>
      ) : lines === undefined ? (
        <p className="muted">The bodies are too long or too different to be compared line by line. Each call shows its own.</p>
      ) : ours === theirs ? null : (
        <pre className="diff-lines mono" tabIndex={0} aria-label={`Lines of the ${title.toLowerCase()}`}>
          {lines.map((line, index) => (
            <Line key={index} line={line} />
          ))}
        </pre>
      )}
    </section>
  );
}

const SIGNS = { same: ' ', left: '−', right: '+' } as const;
const WORDS = { left: 'only left: ', right: 'only right: ' } as const;

function Line({ line }: { readonly line: DiffLine | DiffFold }): ReactNode {
  if (line.kind === 'fold') return <span className="diff-fold">… {formatPlural(line.lines, 'equal line')}</span>;
  return (
    <span className={`diff-line diff-${line.kind}`}>
      <span aria-hidden="true">{SIGNS[line.kind]} </span>
      {line.kind === 'same' ? null : <span className="visually-hidden">{WORDS[line.kind]}</span>}
      <EvidenceText text={line.text} keepLines />
    </span>
  );
}
