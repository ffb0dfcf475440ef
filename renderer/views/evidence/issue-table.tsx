import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { IssueRow, Page, SourceRow } from '#shared/contract/rows.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { Answer } from '../../widgets/answer.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatCount, formatPlural } from '../../widgets/format.ts';
import { MiddleText } from '../../widgets/middle-text.tsx';

export type IssueSeverity = IssueRow['severity'];

/** Rows of a page: enough to scan, few enough to draw at once. */
const PAGE = 200;

const FILTERS: readonly { readonly severity: IssueSeverity | undefined; readonly label: string }[] = [
  { severity: undefined, label: 'All' },
  { severity: 'reject', label: 'Rejected' },
  { severity: 'skip', label: 'Skipped' },
  { severity: 'warning', label: 'Warnings' },
];

const WORDS: Readonly<Record<IssueSeverity, string>> = { reject: 'rejected', skip: 'skipped', warning: 'warning' };

interface IssueTableProps {
  readonly source: SourceRow | undefined;
  readonly severity: IssueSeverity | undefined;
  readonly onSeverity: (severity: IssueSeverity | undefined) => void;
}

/** Records that were not used, and warnings about used ones, each with place, reason and the start of its text. */
export function IssueTable({ source, severity, onSeverity }: IssueTableProps) {
  const [from, setFrom] = useState(0);
  const issues = useEngineQuery('issues.page', {
    from,
    count: PAGE,
    ...(source === undefined ? {} : { source: source.name }),
    ...(severity === undefined ? {} : { severity }),
  });
  return (
    <section className="issues" aria-labelledby="issues-title">
      <div className="panel-head">
        <h2 id="issues-title">Records with an issue</h2>
        <div className="segmented" role="group" aria-label="Kind of issue">
          {FILTERS.map((filter) => (
            <button
              key={filter.label}
              type="button"
              aria-pressed={filter.severity === severity}
              onClick={() => {
                onSeverity(filter.severity);
              }}
            >
              {filter.label}
            </button>
          ))}
        </div>
        <Pager page={issues.data} onFrom={setFrom} />
      </div>
      <Answer query={issues} what="the issues" lines={5}>
        {(page) => (page.total === 0 ? <NoIssues source={source} severity={severity} /> : <Rows rows={page.rows} />)}
      </Answer>
    </section>
  );
}

function NoIssues({ source, severity }: Pick<IssueTableProps, 'source' | 'severity'>) {
  const where = source === undefined ? 'any source' : source.name;
  return (
    <p className="muted issues-none">
      {severity === undefined
        ? 'No record was rejected or skipped and none has a warning'
        : severity === 'warning'
          ? 'No record has a warning'
          : `No record was ${WORDS[severity]}`}{' '}
      in <EvidenceText text={where} />.
    </p>
  );
}

function Pager({ page, onFrom }: { readonly page: Page<IssueRow> | undefined; readonly onFrom: (from: number) => void }) {
  if (page === undefined || page.total === 0) return <span className="pager" />;
  const last = page.from + page.rows.length;
  return (
    <span className="pager" role="status">
      {page.total <= PAGE
        ? formatPlural(page.total, 'issue')
        : `${formatCount(page.from + 1)}–${formatCount(last)} of ${formatCount(page.total)}`}
      {page.total <= PAGE ? null : (
        <>
          <button
            type="button"
            className="icon-button"
            aria-label="Previous page"
            disabled={page.from === 0}
            onClick={() => {
              onFrom(Math.max(0, page.from - PAGE));
            }}
          >
            <ChevronLeft size={16} strokeWidth={1.5} aria-hidden="true" />
          </button>
          <button
            type="button"
            className="icon-button"
            aria-label="Next page"
            disabled={last >= page.total}
            onClick={() => {
              onFrom(page.from + PAGE);
            }}
          >
            <ChevronRight size={16} strokeWidth={1.5} aria-hidden="true" />
          </button>
        </>
      )}
    </span>
  );
}

function Rows({ rows }: { readonly rows: readonly IssueRow[] }) {
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="List of records with an issue">
      <table className="table issue-table">
        <thead>
          <tr>
            <th scope="col">Source</th>
            <th scope="col" className="end">
              Record
            </th>
            <th scope="col" className="end">
              Byte
            </th>
            <th scope="col">What</th>
            <th scope="col">Code</th>
            <th scope="col">Reason</th>
            <th scope="col">Start of the record, secrets masked</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((issue, index) => (
            <tr key={index}>
              <td className="cell-source">
                <MiddleText text={issue.source} mono tail={22} />
              </td>
              <td className="end">{issue.record === undefined ? <span className="faint">–</span> : formatCount(issue.record)}</td>
              <td className="end" title={formatPlural(issue.byteLength, 'byte')}>
                {formatCount(issue.byteStart)}
              </td>
              <td className="cell-nowrap">{WORDS[issue.severity]}</td>
              <td>
                <code className="code-tag">{issue.code}</code>
              </td>
              <td className="cell-reason">
                <EvidenceText text={issue.message} />
              </td>
              <td className="cell-excerpt mono">
                <EvidenceText text={issue.excerpt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
