import type { PrincipalJson } from '#shared/contract/report-json.ts';
import { select, usePlace } from '../../../state/selection.ts';
import type { TableColumns } from '../../../state/use-table-columns.ts';
import { RowTable } from '../parts/row-table.tsx';
import type { SortValues } from '../parts/sort.ts';
import { useSorted } from '../parts/use-sorted.ts';
import { DOSSIER_ID } from './dossier.tsx';

/** What each column is sorted by; until then the busiest stand first. */
const SORTS: SortValues<PrincipalJson> = {
  principal: { of: ({ label }) => label.toLowerCase(), rises: true },
  kind: { of: ({ kind }) => kind, rises: true },
  rung: { of: ({ rung }) => rung, rises: true },
  owner: { of: ({ owner }) => owner ?? '', rises: true },
  credentials: { of: ({ credentials }) => credentials.length },
  calls: { of: ({ calls }) => calls },
  own: { of: ({ calls, hops = 0 }) => calls - hops },
  first: { of: ({ firstSeen }) => firstSeen ?? '', rises: true },
  last: { of: ({ lastSeen }) => lastSeen ?? '' },
};

interface PrincipalTableProps {
  readonly rows: readonly PrincipalJson[];
  readonly columns: TableColumns<PrincipalJson>;
  readonly picked: ReadonlySet<string>;
  readonly onPicked: (picked: ReadonlySet<string>) => void;
  readonly stale: boolean;
}

/** The principals. Ctrl/⌘ or Shift with a click, or Space, picks several, to take them for one. */
export function PrincipalTable({ rows: given, columns, picked, onPicked, stale }: PrincipalTableProps) {
  const { rows, sort, onSort } = useSorted(given, SORTS);
  const chosen = usePlace('principal');
  const at = rows.findIndex(({ id }) => id === chosen);
  const pick = (index: number, how: 'toggle' | 'range'): void => {
    const next = new Set(picked);
    const [from, to] = how === 'range' && at >= 0 ? [Math.min(at, index), Math.max(at, index)] : [index, index];
    for (const { id } of rows.slice(from, to + 1)) {
      if (how === 'toggle' && next.has(id)) next.delete(id);
      else next.add(id);
    }
    // The row that was chosen by a plain click is meant, too.
    if (how === 'toggle' && picked.size === 0 && chosen !== undefined) next.add(chosen);
    onPicked(next);
  };
  return (
    <RowTable
      label="Principals"
      rows={rows}
      columns={columns}
      keyOf={({ id }) => id}
      chosen={chosen}
      onChoose={(principal) => {
        select({ principal });
      }}
      card={DOSSIER_ID}
      sort={sort}
      onSort={onSort}
      stale={stale}
      onKey={(event, index) => {
        if (event.key !== ' ') return;
        event.preventDefault();
        pick(index, 'toggle');
      }}
      onPick={pick}
      isSelected={({ id }) => (picked.size === 0 ? id === chosen : picked.has(id))}
    />
  );
}
