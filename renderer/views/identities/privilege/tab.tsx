import './privilege.css';
import { useMemo } from 'react';
import type { PrivilegeRow } from '#shared/contract/privilege.ts';
import { useEngineQuery } from '../../../query/use-engine-query.ts';
import { select, usePlace } from '../../../state/selection.ts';
import { useTableColumns } from '../../../state/use-table-columns.ts';
import { Answer } from '../../../widgets/answer.tsx';
import { toLayout } from '../../../widgets/table/column-layout.ts';
import { formatCount, formatPlural } from '../../../widgets/format.ts';
import { ListBar } from '../parts/list-bar.tsx';
import { Listing } from '../parts/listing.tsx';
import { NoneFits, Nothing } from '../parts/nothing.tsx';
import { RowTable } from '../parts/row-table.tsx';
import { useSorted } from '../parts/use-sorted.ts';
import { privilegeColumns, privilegeSorts } from './columns.tsx';
import { NoPolicy } from './no-policy.tsx';
import { CARD_ID, PrivilegeCard } from './privilege-card.tsx';

const USUAL = toLayout(privilegeColumns.map(({ id }) => id));

/** Least privilege: for every agent and service, what it may do, what it does, and what less power would have stopped and broken. */
export function PrivilegeTab() {
  const list = useEngineQuery('privilege.list', {});
  return (
    <Answer query={list} what="the policies" lines={12}>
      {(rows) =>
        rows.length === 0 ? (
          <Nothing what="agents and services" from="Policies are learned from calls">
            A policy is written for agents, services and whoever an incident names. Principals told by network and User-Agent only have
            none: no policy could name them.
          </Nothing>
        ) : (
          <Privilege rows={rows} stale={list.stale} />
        )
      }
    </Answer>
  );
}

function Privilege({ rows: given, stale }: { readonly rows: readonly PrivilegeRow[]; readonly stale: boolean }) {
  const words = (usePlace('filter') ?? '').toLowerCase();
  const fitting = useMemo(
    () => given.filter(({ label, principal }) => `${label} ${principal}`.toLowerCase().includes(words)),
    [given, words],
  );
  const { rows, sort, onSort } = useSorted(fitting, privilegeSorts);
  const columns = useTableColumns('privilege', privilegeColumns, USUAL);
  const asked = usePlace('principal');
  // Nobody asked for: the first one, who is most urgent. Somebody without a policy: said so, in place of another one's.
  const chosen = asked ?? given[0]?.principal;
  const all = formatPlural(given.length, 'principal');
  return (
    <Listing
      name="privilege"
      what="policy"
      width={520}
      head={
        <ListBar
          filters="principals"
          hint="a part of the name"
          status={words === '' ? all : `${formatCount(rows.length)} of ${all}`}
          all={privilegeColumns}
          columns={columns}
        />
      }
      table={
        rows.length === 0 ? (
          <NoneFits all={all} />
        ) : (
          <RowTable
            label="Least privilege by principal"
            rows={rows}
            columns={columns}
            keyOf={({ principal }) => principal}
            chosen={chosen}
            onChoose={(principal) => {
              select({ principal });
            }}
            card={CARD_ID}
            sort={sort}
            onSort={onSort}
            stale={stale}
          />
        )
      }
      card={
        chosen === undefined ? undefined : given.some(({ principal }) => principal === chosen) ? (
          <PrivilegeCard key={chosen} principal={chosen} />
        ) : (
          <NoPolicy principal={chosen} />
        )
      }
    />
  );
}
