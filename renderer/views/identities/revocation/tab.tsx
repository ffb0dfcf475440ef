import './revocation.css';
import type { RevocationPlan } from '#shared/contract/revocation.ts';
import { useEngineQuery } from '../../../query/use-engine-query.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { select, usePlace } from '../../../state/selection.ts';
import { useTableColumns } from '../../../state/use-table-columns.ts';
import { Answer } from '../../../widgets/answer.tsx';
import { toLayout } from '../../../widgets/table/column-layout.ts';
import { formatCount, formatPlural, formatTime } from '../../../widgets/format.ts';
import { ListBar } from '../parts/list-bar.tsx';
import { Listing } from '../parts/listing.tsx';
import { Nothing } from '../parts/nothing.tsx';
import { RowTable } from '../parts/row-table.tsx';
import { useSorted } from '../parts/use-sorted.ts';
import { revocationColumns, revocationSorts, USUAL_COLUMNS } from './columns.tsx';
import { EntryCard, ENTRY_ID } from './entry-card.tsx';
import { ExportPacket } from './export-packet.tsx';
import { NotPlanned } from './not-planned.tsx';
import { PivotLine } from './pivot-line.tsx';
import { UnseenCallers } from './unseen-callers.tsx';

const USUAL = toLayout(USUAL_COLUMNS);

/** Revocation: which credentials go first, why, what breaks, and whether it held. */
export function RevocationTab() {
  const plan = useEngineQuery('revocation.plan', {});
  return (
    <Answer query={plan} what="the revocation plan" lines={8}>
      {(data) => (data.rows.length + data.callers.length === 0 ? <NothingToRevoke /> : <Plan plan={data} stale={plan.stale} />)}
    </Answer>
  );
}

function NothingToRevoke() {
  return (
    <Nothing
      what="credentials to revoke"
      from="The plan follows the findings, which are made"
      actions={
        <GoLink to={{ view: 'findings' }} className="button">
          What was found
        </GoLink>
      }
    >
      No credential made calls of an incident, stood in the open or is gravely weak.
    </Nothing>
  );
}

function Plan({
  plan: { rows: given, omitted, callers, evidenceEnd, pivot },
  stale,
}: {
  readonly plan: RevocationPlan;
  readonly stale: boolean;
}) {
  // Nothing asked for: the first one, which is most urgent. One that is not in the plan: said so, in place of another one's entry.
  const chosen = usePlace('credential') ?? given[0]?.credential;
  const { rows, sort, onSort } = useSorted(given, revocationSorts);
  const columns = useTableColumns('revocation', revocationColumns, USUAL);
  return (
    <Listing
      name="revocation"
      what="entry"
      width={500}
      head={
        <>
          <PivotLine pivot={pivot} />
          <UnseenCallers callers={callers} />
          <ListBar
            status={
              <>
                {formatPlural(given.length, 'credential')}, the most urgent first
                {omitted === 0 ? '' : `; ${formatCount(omitted)} less urgent ones are left out`}
                {evidenceEnd === undefined ? '' : `. Validity counts from the end of the evidence, ${formatTime(evidenceEnd, 'min')} UTC`}
              </>
            }
            all={revocationColumns}
            columns={columns}
          >
            <ExportPacket count={given.length} />
          </ListBar>
        </>
      }
      table={
        <RowTable
          label="Revocation plan"
          rows={rows}
          columns={columns}
          keyOf={({ credential }) => credential}
          chosen={chosen}
          onChoose={(credential) => {
            select({ credential });
          }}
          card={ENTRY_ID}
          sort={sort}
          onSort={onSort}
          stale={stale}
        />
      }
      card={
        chosen === undefined ? undefined : given.some(({ credential }) => credential === chosen) ? (
          <EntryCard id={chosen} />
        ) : (
          <NotPlanned credential={chosen} omitted={omitted} />
        )
      }
    />
  );
}
