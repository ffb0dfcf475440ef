import './tab.css';
import { useMemo } from 'react';
import { MAX_CREDENTIALS, type CredentialOverview } from '#shared/contract/credentials.ts';
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
import { credentialColumns, USUAL_COLUMNS } from './columns.tsx';
import { Dossier, DOSSIER_ID } from './dossier.tsx';
import { Overview } from './overview.tsx';
import { credentialSorts, filterCredentials, worstFirst } from './sort.ts';

const USUAL = toLayout(USUAL_COLUMNS);

/** Every credential that the evidence shows, what they prove all together, and one in full. */
export function CredentialsTab() {
  const overview = useEngineQuery('credentials.overview', {});
  return (
    <Answer query={overview} what="the credentials" lines={12}>
      {(data) =>
        data.total === 0 ? (
          <Nothing what="credentials" from="Credentials are gathered from calls">
            None of the sources shows keys, tokens, sessions or certificates. Gateway logs with request headers and HAR captures show them.
          </Nothing>
        ) : (
          <Credentials overview={data} stale={overview.stale} />
        )
      }
    </Answer>
  );
}

function Credentials({ overview, stale }: { readonly overview: CredentialOverview; readonly stale: boolean }) {
  const { rows: given, total } = overview;
  const chosen = usePlace('credential');
  const text = usePlace('filter') ?? '';
  const fitting = useMemo(() => filterCredentials(worstFirst(given), text), [given, text]);
  const { rows, sort, onSort } = useSorted(fitting, credentialSorts);
  const columns = useTableColumns('credentials', credentialColumns, USUAL);
  const all = formatPlural(total, 'credential');
  return (
    <Listing
      name="credential"
      what="credential"
      width={480}
      head={
        <>
          <ListBar
            filters="credentials"
            hint="name, owner, issuer, audience, weakness, lifetime:longer or signature:failed"
            status={text === '' ? all : `${formatCount(rows.length)} of ${all}`}
            all={credentialColumns}
            columns={columns}
          />
          {total > given.length ? (
            <p className="ident-note">
              The table holds the {formatCount(given.length)} credentials with most calls of {formatCount(total)}; more than{' '}
              {formatCount(MAX_CREDENTIALS)} are not sorted at once.
            </p>
          ) : null}
        </>
      }
      table={
        rows.length === 0 ? (
          <NoneFits all={all} />
        ) : (
          <RowTable
            label="Credentials"
            rows={rows}
            columns={columns}
            keyOf={({ id }) => id}
            chosen={chosen}
            onChoose={(credential) => {
              select({ credential });
            }}
            card={DOSSIER_ID}
            sort={sort}
            onSort={onSort}
            stale={stale}
          />
        )
      }
      card={chosen === undefined ? <Overview overview={overview} /> : <Dossier id={chosen} />}
    />
  );
}
