import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Fragment, useState } from 'react';
import type { IssueCount, IssueRow, Page, SourceRow } from '#shared/contract/rows.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { Answer } from '../../widgets/answer.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatCount, formatPlural } from '../../widgets/format.ts';
import { MiddleText } from '../../widgets/middle-text.tsx';
import { ExportIssues } from './export-issues.tsx';
import { sumByCode, sumBySeverity, type IssueSeverity } from './issue-counts.ts';
import { IssuePlace } from './issue-place.tsx';

/** Which issues are meant. */
export interface IssueFilter {
  readonly severity: IssueSeverity | undefined;
  readonly code: string | undefined;
}

/** Rows of a page: enough to scan, few enough to draw at once. */
const PAGE = 200;

const FILTERS: readonly { readonly severity: IssueSeverity | undefined; readonly label: string }[] = [
  { severity: undefined, label: 'All' },
  { severity: 'reject', label: 'Rejected' },
  { severity: 'skip', label: 'Skipped or not read' },
  { severity: 'warning', label: 'Warnings' },
];

const WORDS: Readonly<Record<IssueSeverity, string>> = { reject: 'rejected', skip: 'skipped', warning: 'warning' };

interface IssueTableProps {
  readonly source: SourceRow | undefined;
  readonly sources: readonly SourceRow[];
  readonly filter: IssueFilter;
  readonly onFilter: (filter: IssueFilter) => void;
}

/** Records that were not used, and warnings about used ones, each with place, reason and the start of its text. */
export function IssueTable({ source, sources, filter, onFilter }: IssueTableProps) {
  const [from, setFrom] = useState(0);
  const where = source === undefined ? {} : { source: source.name };
  const wanted = {
    ...where,
    ...(filter.severity === undefined ? {} : { severity: filter.severity }),
    ...(filter.code === undefined ? {} : { code: filter.code }),
  };
  const issues = useEngineQuery('issues.page', { from, count: PAGE, ...wanted });
  const codes = useEngineQuery('issues.codes', where);
  return (
    <section className="issues" aria-labelledby="issues-title">
      <div className="panel-head issues-head">
        <h2 id="issues-title">Records and files with an issue</h2>
        <Filters counts={codes.data ?? []} filter={filter} onFilter={onFilter} />
        <Pager page={issues.data} onFrom={setFrom} />
        <ExportIssues filter={wanted} total={issues.data?.total ?? 0} severity={filter.severity} />
      </div>
      <Answer query={issues} what="the issues" lines={5}>
        {(page) =>
          page.total === 0 ? (
            <NoIssues source={source} filter={filter} />
          ) : (
            <Rows rows={page.rows} sources={sources} withSource={source === undefined} />
          )
        }
      </Answer>
    </section>
  );
}

interface FiltersProps extends Pick<IssueTableProps, 'filter' | 'onFilter'> {
  readonly counts: readonly IssueCount[];
}

/** Kinds and reasons, each with how often it stands here. */
function Filters({ counts, filter, onFilter }: FiltersProps) {
  const bySeverity = sumBySeverity(counts);
  const codes = sumByCode(counts, filter.severity);
  return (
    <div className="issue-filters">
      <div className="segmented" role="group" aria-label="Kind of issue">
        {FILTERS.map(({ severity, label }) => (
          <button
            key={label}
            type="button"
            aria-pressed={severity === filter.severity}
            onClick={() => {
              onFilter({ severity, code: undefined });
            }}
          >
            {label}{' '}
            <span className="segment-count" aria-hidden="true">
              {severity === undefined ? formatCount(bySeverity.all) : formatCount(bySeverity[severity])}
            </span>
          </button>
        ))}
      </div>
      <select
        className="field issue-code"
        aria-label="Reason"
        value={filter.code ?? ''}
        disabled={codes.length === 0}
        onChange={(event) => {
          onFilter({ ...filter, code: event.target.value === '' ? undefined : event.target.value });
        }}
      >
        <option value="">Any reason</option>
        {codes.map(({ code, meaning, count }) => (
          <option key={code} value={code} title={meaning}>
            {code} ({formatCount(count)})
          </option>
        ))}
      </select>
    </div>
  );
}

function NoIssues({ source, filter }: Pick<IssueTableProps, 'source' | 'filter'>) {
  const where = source === undefined ? 'any source' : source.name;
  const { severity, code } = filter;
  return (
    <p className="muted issues-none">
      {severity === undefined
        ? 'No record was rejected or skipped and none has a warning'
        : severity === 'warning'
          ? 'No record has a warning'
          : `No record was ${WORDS[severity]}`}
      {code === undefined ? '' : ` with the reason ${code}`} in <EvidenceText text={where} />.
    </p>
  );
}

function Pager({ page, onFrom }: { readonly page: Page<IssueRow> | undefined; readonly onFrom: (from: number) => void }) {
  if (page === undefined || page.total === 0) return <span className="pager" />;
  const last = page.from + page.rows.length;
  return (
    <span className="pager" role="status">
      {page.total <= PAGE ? (
        <span className="visually-hidden">{formatPlural(page.total, 'issue')}</span>
      ) : (
        <>
          {`${formatCount(page.from + 1)}–${formatCount(last)} of ${formatCount(page.total)}`}
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

interface RowsProps {
  readonly rows: readonly IssueRow[];
  readonly sources: readonly SourceRow[];
  readonly withSource: boolean;
}

function Rows({ rows, sources, withSource }: RowsProps) {
  const [opened, setOpened] = useState<number | undefined>(undefined);
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="List of records with an issue">
      <table className="table issue-table">
        <thead>
          <tr>
            {withSource ? <th scope="col">Source</th> : null}
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
            <th scope="col">
              <span className="visually-hidden">Place</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((issue, index) => (
            <Fragment key={index}>
              <IssueLine
                issue={issue}
                withSource={withSource}
                open={opened === index}
                onToggle={() => {
                  setOpened(opened === index ? undefined : index);
                }}
              />
              {opened === index ? (
                <tr className="issue-open">
                  <td colSpan={withSource ? 8 : 7}>
                    <IssuePlace issue={issue} source={sources.find(({ name }) => name === issue.source)} />
                  </td>
                </tr>
              ) : null}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface IssueLineProps {
  readonly issue: IssueRow;
  readonly withSource: boolean;
  readonly open: boolean;
  readonly onToggle: () => void;
}

function IssueLine({ issue, withSource, open, onToggle }: IssueLineProps) {
  return (
    <tr>
      {withSource ? (
        <td className="cell-source">
          <MiddleText text={issue.source} mono tail={22} />
        </td>
      ) : null}
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
      <td className="cell-nowrap">
        <button type="button" className="link" aria-expanded={open} onClick={onToggle}>
          {open ? 'Close' : 'View raw place'}
        </button>
      </td>
    </tr>
  );
}
