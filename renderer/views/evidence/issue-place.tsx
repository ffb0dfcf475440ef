import type { IssueRow, SourceRow } from '#shared/contract/rows.ts';
import { CopyButton } from '../../widgets/copy-button.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatCount, formatPlural } from '../../widgets/format.ts';
import { RecordText } from '../../widgets/call/record-text.tsx';

/** Where a record that was not used stands in the evidence, so that it can be found there without Spoor. */
export function IssuePlace({ issue, source }: { readonly issue: IssueRow; readonly source: SourceRow | undefined }) {
  const last = issue.byteStart + Math.max(0, issue.byteLength - 1);
  const place = `${issue.source}, ${issue.record === undefined ? '' : `record ${String(issue.record)}, `}bytes ${String(issue.byteStart)} to ${String(last)}`;
  return (
    <div className="issue-place">
      <dl className="fact-list">
        <dt>Place</dt>
        <dd>
          <EvidenceText text={issue.source} />
          {issue.record === undefined ? '' : `, record ${formatCount(issue.record)}`}, bytes {formatCount(issue.byteStart)} to{' '}
          {formatCount(last)} ({formatPlural(issue.byteLength, 'byte')}, after decompression){' '}
          <CopyButton text={place} label="Copy the place" />
        </dd>
        {source === undefined ? null : (
          <>
            <dt>SHA-256</dt>
            <dd>
              <code>{source.sha256}</code>
            </dd>
          </>
        )}
        {source?.container === undefined ? null : (
          <>
            <dt>Inside</dt>
            <dd>
              <EvidenceText text={source.container.name} /> <code className="muted">{source.container.sha256}</code>
            </dd>
          </>
        )}
      </dl>
      {issue.excerpt === '' ? (
        <p className="faint">The issue is about the source as a whole or about bytes that are no text.</p>
      ) : (
        <RecordText text={issue.excerpt} label="Start of the record, secrets masked" />
      )}
    </div>
  );
}
