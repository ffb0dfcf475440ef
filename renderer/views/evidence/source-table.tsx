import type { KeyboardEvent } from 'react';
import type { SourceRow } from '#shared/contract/rows.ts';
import { toVisibleText } from '#shared/lib/visible-text.ts';
import { select } from '../../state/selection.ts';
import { CopyButton } from '../../widgets/copy-button.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatCount } from '../../widgets/format.ts';
import { MiddleText } from '../../widgets/middle-text.tsx';
import { MoreRows, useFirstRows } from '../../widgets/more-rows.tsx';
import { ByteCount, TimeText } from '../../widgets/numbers.tsx';
import { recordsBalance } from './ledger.ts';
import { Balance } from './ledger-bar.tsx';

interface SourceTableProps {
  readonly sources: readonly SourceRow[];
  readonly selected: string | undefined;
}

/** One row per source; choosing one narrows the list below to it. */
export function SourceTable({ sources, selected }: SourceTableProps) {
  const { shown, hidden, showMore } = useFirstRows(sources);
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Sources">
      <table className="table source-table">
        <thead>
          <tr>
            <th scope="col">Source</th>
            <th scope="col">Format</th>
            <th scope="col">Recognised by</th>
            <th scope="col" className="end">
              Records
            </th>
            <th scope="col" className="end">
              Accepted
            </th>
            <th scope="col" className="end">
              Rejected
            </th>
            <th scope="col" className="end">
              Skipped
            </th>
            <th scope="col">
              <span className="visually-hidden">Ledger</span>
            </th>
            <th scope="col" className="end">
              Bytes
            </th>
            <th scope="col">From (UTC)</th>
            <th scope="col">SHA-256</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((source) => (
            <SourceLine key={source.id} source={source} selected={source.name === selected} />
          ))}
        </tbody>
      </table>
      <MoreRows hidden={hidden} onMore={showMore} />
    </div>
  );
}

/** Arrow keys go from one source's button to the next. */
function moveFocus(event: KeyboardEvent<HTMLButtonElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const row = event.currentTarget.closest('tr');
  const next = event.key === 'ArrowDown' ? row?.nextElementSibling : row?.previousElementSibling;
  const button = next?.querySelector<HTMLButtonElement>('.row-button');
  if (button === null || button === undefined) return;
  event.preventDefault();
  button.focus();
}

function SourceLine({ source, selected }: { readonly source: SourceRow; readonly selected: boolean }) {
  const choose = (): void => {
    select({ source: selected ? undefined : source.name });
  };
  return (
    <tr className={selected ? 'selected' : undefined} onClick={choose}>
      <td className="cell-source">
        <button
          type="button"
          className="row-button"
          aria-pressed={selected}
          // Its two halves would be read with a pause between them.
          aria-label={toVisibleText(source.name)}
          onKeyDown={moveFocus}
          onClick={(event) => {
            event.stopPropagation();
            choose();
          }}
        >
          <MiddleText text={source.name} mono tail={22} />
        </button>
      </td>
      <td className="cell-nowrap">
        {source.duplicateOf !== undefined ? (
          <span className="muted">seen already</span>
        ) : source.format === undefined ? (
          <span className="not-recognised">not recognised</span>
        ) : (
          <EvidenceText text={source.format} />
        )}
      </td>
      <td className="cell-why muted" title={source.evidence}>
        {source.recognizedBy === 'override' ? 'chosen by hand: ' : source.recognizedBy === 'name' ? 'name: ' : ''}
        <EvidenceText text={source.evidence} />
      </td>
      <td className="end">{formatCount(source.records)}</td>
      <td className="end">{formatCount(source.accepted)}</td>
      <td className="end">{source.rejected === 0 ? <span className="faint">0</span> : <b>{formatCount(source.rejected)}</b>}</td>
      <td className="end">{source.skipped === 0 ? <span className="faint">0</span> : formatCount(source.skipped)}</td>
      <td>
        <Balance holds={recordsBalance(source)} word={false} />
      </td>
      <td className="end">
        <ByteCount value={source.bytes} />
      </td>
      <td className="cell-nowrap">
        {source.timeRange === undefined ? <span className="faint">no times</span> : <TimeText time={source.timeRange[0]} to="min" />}
      </td>
      <td
        className="cell-hash"
        onClick={(event) => {
          event.stopPropagation();
        }}
      >
        <span className="mono">
          {source.sha256.slice(0, 8)}…{source.sha256.slice(-4)}
        </span>
        <CopyButton text={source.sha256} label={`Copy SHA-256 of ${source.name}`} />
      </td>
    </tr>
  );
}
