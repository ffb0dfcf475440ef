import './principals.css';
import { Search } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import type { PrincipalList } from '#shared/contract/identities.ts';
import { useEngineQuery } from '../../../query/use-engine-query.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { usePaneSize } from '../../../state/prefs.ts';
import { select, usePlace } from '../../../state/selection.ts';
import { useWide } from '../../../state/use-wide.ts';
import { Answer } from '../../../widgets/answer.tsx';
import { ColumnChooser } from '../../../widgets/column-chooser.tsx';
import { EmptyState } from '../../../widgets/empty-state.tsx';
import { formatCount } from '../../../widgets/format.ts';
import { SplitPane } from '../../../widgets/split-pane.tsx';
import { principalColumns, usePrincipalColumns } from './columns.tsx';
import { Dossier } from './dossier.tsx';
import { MergeDialog } from './edit-dialogs.tsx';
import { KpiLine } from './kpi-line.tsx';
import { PrincipalTable } from './principal-table.tsx';

/** A narrower window shows the dossier below the table. Units: CSS px. */
const BESIDE_FROM = 1000;

/** Principals: who called, what they are and why, who answers for them. */
export function PrincipalsTab() {
  const words = usePlace('filter') ?? '';
  const asked = useDeferredValue(words.slice(0, 500));
  const chosen = usePlace('principal');
  const list = useEngineQuery('identities.principals', { words: asked, ...(chosen === undefined ? {} : { principal: chosen }) });
  return (
    <Answer query={list} what="the principals" lines={12}>
      {(data) => (data.all === 0 ? <NoPrincipals /> : <Principals list={data} words={words} stale={list.stale} />)}
    </Answer>
  );
}

function NoPrincipals() {
  return (
    <EmptyState
      title="No principals yet"
      actions={
        <GoLink to={{ view: 'evidence' }} className="button">
          Go to Evidence
        </GoLink>
      }
    >
      Principals are worked out by the analysis, from tokens, keys, sessions, certificates, gateway consumers and, where nothing else is
      shown, networks.
    </EmptyState>
  );
}

function Principals({ list, words, stale }: { readonly list: PrincipalList; readonly words: string; readonly stale: boolean }) {
  const chosen = usePlace('principal');
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [merging, setMerging] = useState(false);
  const columns = usePrincipalColumns();
  const [width, setWidth] = usePaneSize('principal-dossier', 440);
  const [height, setHeight] = usePaneSize('principal-dossier-height', 320);
  const beside = useWide(BESIDE_FROM);
  const row = list.rows.find(({ id }) => id === chosen);
  return (
    <>
      <KpiLine />
      <div className="filter-bar prin-bar">
        <label className="search-field">
          <Search size={14} strokeWidth={1.5} aria-hidden="true" />
          <span className="visually-hidden">Filter principals</span>
          <input
            type="search"
            value={words}
            maxLength={500}
            spellCheck={false}
            placeholder="Filter principals: words, kind:agent, no:owner, is:conflict, is:shared, is:weak, is:joined"
            onChange={(event) => {
              select({ filter: event.target.value === '' ? undefined : event.target.value });
            }}
          />
        </label>
        <span className="muted" role="status">
          {formatCount(list.fitting)} of {formatCount(list.all)}
          {list.rows.length < list.fitting ? `; the ${formatCount(list.rows.length)} with most calls are listed` : ''}
        </span>
        {picked.size < 2 ? null : (
          <button
            type="button"
            className="button"
            onClick={() => {
              setMerging(true);
            }}
          >
            Take {picked.size} for one…
          </button>
        )}
        <ColumnChooser columns={principalColumns} layout={columns.layout} onLayout={columns.setLayout} onReset={columns.reset} />
      </div>
      <SplitPane
        key={beside ? 'beside' : 'below'}
        direction={beside ? 'row' : 'column'}
        sized="second"
        size={beside ? width : height}
        min={beside ? 300 : 160}
        onSize={beside ? setWidth : setHeight}
        label={beside ? 'Width of the principal' : 'Height of the principal'}
        first={
          list.fitting === 0 ? (
            <EmptyState title="No principal has these words">Clear the filter to see all {formatCount(list.all)}.</EmptyState>
          ) : (
            <PrincipalTable rows={list.rows} columns={columns} picked={picked} onPicked={setPicked} order={words} stale={stale} />
          )
        }
        second={row === undefined ? undefined : <Dossier key={row.id} principal={row} />}
      />
      {merging ? (
        <MergeDialog
          principals={list.rows.filter(({ id }) => picked.has(id))}
          onClose={() => {
            setMerging(false);
            setPicked(new Set());
          }}
        />
      ) : null}
    </>
  );
}
