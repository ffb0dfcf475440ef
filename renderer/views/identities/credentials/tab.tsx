import './tab.css';
import { useMemo } from 'react';
import { MAX_CREDENTIALS, type CredentialOverview, type CredentialRow } from '#shared/contract/credentials.ts';
import { useEngineQuery } from '../../../query/use-engine-query.ts';
import { usePaneSize, usePrefs } from '../../../state/prefs.ts';
import { goTo, select, usePlace } from '../../../state/selection.ts';
import { useTableColumns } from '../../../state/use-table-columns.ts';
import { useWide } from '../../../state/use-wide.ts';
import { Answer } from '../../../widgets/answer.tsx';
import { ColumnChooser } from '../../../widgets/column-chooser.tsx';
import { toLayout } from '../../../widgets/column-layout.ts';
import { EmptyState } from '../../../widgets/empty-state.tsx';
import { formatCount, formatPlural } from '../../../widgets/format.ts';
import { SplitPane } from '../../../widgets/split-pane.tsx';
import { VirtualTable } from '../../../widgets/virtual-table.tsx';
import { credentialColumns, USUAL_COLUMNS } from './columns.tsx';
import { Dossier, DOSSIER_ID } from './dossier.tsx';
import { Overview } from './overview.tsx';
import { filterCredentials, nextCredentialSort, parseCredentialSort, sortCredentials } from './sort.ts';

const ROW_HEIGHTS = { compact: 24, normal: 32, roomy: 40 } as const;
const USUAL = toLayout(USUAL_COLUMNS);
/** A narrower window shows the dossier below the table. Units: CSS px. */
const BESIDE_FROM = 1000;

/** Every credential that the evidence shows, what they prove all together, and one in full. */
export function CredentialsTab() {
  const overview = useEngineQuery('credentials.overview', {});
  return (
    <Answer query={overview} what="the credentials" lines={12}>
      {(data) => (data.total === 0 ? <NoCredentials /> : <Credentials overview={data} stale={overview.stale} />)}
    </Answer>
  );
}

function NoCredentials() {
  return (
    <EmptyState title="No credential in this case">
      None of the sources shows keys, tokens, sessions or certificates, or the case has not been analysed yet. Gateway logs with request
      headers and HAR captures show them.
    </EmptyState>
  );
}

function Credentials({ overview, stale }: { readonly overview: CredentialOverview; readonly stale: boolean }) {
  const [width, setWidth] = usePaneSize('credential-card', 520);
  const [height, setHeight] = usePaneSize('credential-card-height', 320);
  const beside = useWide(BESIDE_FROM);
  const chosen = usePlace('credential');
  return (
    <SplitPane
      key={beside ? 'beside' : 'below'}
      direction={beside ? 'row' : 'column'}
      sized="second"
      size={beside ? width : height}
      min={beside ? 320 : 160}
      onSize={beside ? setWidth : setHeight}
      label={beside ? 'Width of the credential' : 'Height of the credential'}
      first={<List overview={overview} stale={stale} />}
      second={chosen === undefined ? <Overview overview={overview} /> : <Dossier id={chosen} />}
    />
  );
}

function List({ overview: { rows, total }, stale }: { readonly overview: CredentialOverview; readonly stale: boolean }) {
  const density = usePrefs((prefs) => prefs.density);
  const chosen = usePlace('credential');
  const text = usePlace('filter') ?? '';
  const sortText = usePlace('sort');
  const sort = useMemo(() => parseCredentialSort(sortText), [sortText]);
  const shown = useMemo(() => sortCredentials(filterCredentials(rows, text), sort), [rows, text, sort]);
  const columns = useTableColumns<CredentialRow>('credentials', credentialColumns, USUAL);
  const at = shown.findIndex(({ id }) => id === chosen);
  return (
    <div className="cred-main">
      <div className="filter-bar">
        <input
          type="search"
          className="cred-search"
          aria-label="Find credentials"
          placeholder="Name, owner, issuer, audience or weakness"
          value={text}
          onChange={(event) => {
            select({ filter: event.target.value === '' ? undefined : event.target.value });
          }}
        />
        <span className="muted toolbar-count" role="status">
          {text === '' ? formatPlural(total, 'credential') : `${formatCount(shown.length)} of ${formatPlural(total, 'credential')}`}
        </span>
        <ColumnChooser columns={credentialColumns} layout={columns.layout} onLayout={columns.setLayout} onReset={columns.reset} />
      </div>
      {total > rows.length ? (
        <p className="cred-too-large">
          The table holds the {formatCount(rows.length)} credentials with most calls of {formatCount(total)}; more than{' '}
          {formatCount(MAX_CREDENTIALS)} are not sorted at once.
        </p>
      ) : null}
      {shown.length === 0 ? (
        <EmptyState title="No credential fits">Nothing holds all of these words.</EmptyState>
      ) : (
        <VirtualTable
          label="Credentials"
          columns={columns.columns}
          columnActions={columns.actions}
          count={shown.length}
          rowHeight={ROW_HEIGHTS[density]}
          row={(index) => shown[index]}
          active={at < 0 ? undefined : at}
          onActive={(index) => {
            const row = shown[index];
            if (row !== undefined) select({ credential: row.id });
          }}
          onOpen={() => {
            document.getElementById(DOSSIER_ID)?.focus();
          }}
          order={JSON.stringify([text, sortText])}
          sort={sort}
          onSort={(column) => {
            goTo({ sort: nextCredentialSort(sort, column) });
          }}
          isSelected={(row) => row.id === chosen}
          stale={stale}
        />
      )}
    </div>
  );
}
