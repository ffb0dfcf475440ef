import { useDeferredValue, useState } from 'react';
import type { PrincipalList } from '#shared/contract/identities.ts';
import { useEngineQuery } from '../../../query/use-engine-query.ts';
import { useReadOnly } from '../../../state/read-only.ts';
import { usePlace } from '../../../state/selection.ts';
import { Answer } from '../../../widgets/answer.tsx';
import { Button } from '../../../widgets/button.tsx';
import { formatCount, formatPlural } from '../../../widgets/format.ts';
import { ListBar } from '../parts/list-bar.tsx';
import { Listing } from '../parts/listing.tsx';
import { NoneFits, Nothing } from '../parts/nothing.tsx';
import { principalColumns, usePrincipalColumns } from './columns.tsx';
import { Dossier } from './dossier.tsx';
import { MergeDialog } from './edit-dialogs.tsx';
import { KpiLine } from './kpi-line.tsx';
import { PrincipalTable } from './principal-table.tsx';

/** Principals: who called, what they are and why, who answers for them. */
export function PrincipalsTab() {
  const asked = useDeferredValue((usePlace('filter') ?? '').slice(0, 500));
  const chosen = usePlace('principal');
  const list = useEngineQuery('identities.principals', { words: asked, ...(chosen === undefined ? {} : { principal: chosen }) });
  return (
    <Answer query={list} what="the principals" lines={12}>
      {(data) =>
        data.all === 0 ? (
          <Nothing what="principals" from="Principals are worked out from tokens, keys, sessions, certificates, consumers and networks">
            No call shows any sign of who made it.
          </Nothing>
        ) : (
          <Principals list={data} stale={list.stale} />
        )
      }
    </Answer>
  );
}

function Principals({ list, stale }: { readonly list: PrincipalList; readonly stale: boolean }) {
  const chosen = usePlace('principal');
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [merging, setMerging] = useState(false);
  const readOnly = useReadOnly();
  const columns = usePrincipalColumns();
  const row = list.rows.find(({ id }) => id === chosen);
  const all = formatPlural(list.all, 'principal');
  const left = list.rows.length < list.fitting ? `; the ${formatCount(list.rows.length)} with most calls are listed` : '';
  return (
    <Listing
      name="principal"
      what="principal"
      width={440}
      head={
        <>
          <KpiLine />
          <ListBar
            filters="principals"
            hint="words, kind:agent, no:owner, is:named, is:weak, is:shared, is:joined"
            status={(list.fitting === list.all ? all : `${formatCount(list.fitting)} of ${all}`) + left}
            all={principalColumns}
            columns={columns}
          >
            <Button
              small
              disabled={
                readOnly ?? (picked.size < 2 ? 'Pick principals with Ctrl and a click, with Shift and a click, or with Space' : undefined)
              }
              onClick={() => {
                setMerging(true);
              }}
            >
              {picked.size < 2 ? 'Merge several…' : `Merge ${String(picked.size)}…`}
            </Button>
          </ListBar>
        </>
      }
      table={
        <>
          {list.fitting === 0 ? (
            <NoneFits all={all} />
          ) : (
            <PrincipalTable rows={list.rows} columns={columns} picked={picked} onPicked={setPicked} stale={stale} />
          )}
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
      }
      card={row === undefined ? undefined : <Dossier principal={row} />}
    />
  );
}
