import './machines.css';
import { useMemo, useState } from 'react';
import type { MachineLinkJson } from '#shared/contract/report-json.ts';
import { useEngineQuery } from '../../../query/use-engine-query.ts';
import { usePlace } from '../../../state/selection.ts';
import { useTableColumns } from '../../../state/use-table-columns.ts';
import { Answer } from '../../../widgets/answer.tsx';
import { toLayout } from '../../../widgets/table/column-layout.ts';
import { formatCount, formatPlural, formatShare } from '../../../widgets/format.ts';
import { ListBar } from '../parts/list-bar.tsx';
import { Listing } from '../parts/listing.tsx';
import { NoneFits, Nothing } from '../parts/nothing.tsx';
import { RowTable } from '../parts/row-table.tsx';
import { useSorted } from '../parts/use-sorted.ts';
import { filterLinks, linkColumns, linkSorts, USUAL_COLUMNS } from './columns.tsx';
import { MapCard, MAP_ID } from './map-card.tsx';

const USUAL = toLayout(USUAL_COLUMNS);

const keyOf = ({ principal, service, credential }: MachineLinkJson): string => JSON.stringify([principal, service, credential]);

/** Machine map: which program calls which service with which credential, as a table and as a picture. */
export function MachinesTab() {
  const links = useEngineQuery('identities.links', {});
  return (
    <Answer query={links} what="the machine map" lines={12}>
      {(rows) =>
        rows.length === 0 ? (
          <Nothing what="links between programs" from="The map is drawn from calls of services, agents and principals of unknown kind">
            All principals are people, or no call has a principal.
          </Nothing>
        ) : (
          <Machines links={rows} stale={links.stale} />
        )
      }
    </Answer>
  );
}

function Machines({ links, stale }: { readonly links: readonly MachineLinkJson[]; readonly stale: boolean }) {
  const text = usePlace('filter') ?? '';
  const fitting = useMemo(() => filterLinks(links, text), [links, text]);
  const { rows, sort, onSort } = useSorted(fitting, linkSorts);
  const columns = useTableColumns('machines', linkColumns, USUAL);
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  return (
    <Listing
      name="machines"
      what="picture"
      width={560}
      head={
        <>
          <ListBar
            filters="links"
            hint="principal, service or credential"
            status={<Count shown={rows.length} links={links.length} />}
            all={linkColumns}
            columns={columns}
          />
          <Attributed links={links.length} />
        </>
      }
      table={
        rows.length === 0 ? (
          <NoneFits all={formatPlural(links.length, 'link')} />
        ) : (
          <RowTable
            label="Links between programs"
            rows={rows}
            columns={columns}
            keyOf={keyOf}
            chosen={chosen}
            onChoose={setChosen}
            card={MAP_ID}
            sort={sort}
            onSort={onSort}
            stale={stale}
          />
        )
      }
      card={<MapCard links={fitting} all={links.length} chosen={rows.find((link) => keyOf(link) === chosen)} />}
    />
  );
}

const Count = ({ shown, links }: { readonly shown: number; readonly links: number }) =>
  shown === links ? formatPlural(links, 'link') : `${formatCount(shown)} of ${formatPlural(links, 'link')}`;

/** How much of what programs call has a name, and how much of it stands in the table. */
function Attributed({ links }: { readonly links: number }) {
  const kpis = useEngineQuery('identities.kpis', {});
  if (kpis.data === undefined) return <p className="ident-note">&nbsp;</p>;
  const { calls, attributed, links: all } = kpis.data.machineToMachine;
  return (
    <p className="ident-note">
      {formatPlural(calls, 'call')} between programs; {formatShare(attributed, calls)} of them name a principal that is known by more than
      network and program.
      {links < all ? ` The ${formatCount(links)} busiest of ${formatPlural(all, 'link')} are listed; the report holds more.` : ''}
    </p>
  );
}
