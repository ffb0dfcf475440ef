import type { PrivilegeDetail } from '#shared/contract/privilege.ts';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';
import { formatCount, formatPlural } from '../../../widgets/format.ts';
import { ReachGraph } from './reach-graph.tsx';
import { ScopeTable } from './scope-table.tsx';

interface ReachProps {
  readonly detail: PrivilegeDetail;
}

const NEEDS_WORDS = {
  specification: 'What an endpoint needs is taken from the API descriptions.',
  learnt: 'No description says what endpoints need: it was learnt from the scopes of tokens that got through.',
  none: '',
} as const;

/** What the caller's scopes open against what it called: a picture, and the same as tables. */
export function Reach({ detail }: ReachProps) {
  const { scopes, needsFrom, row, reached, reachedUsed } = detail;
  if (scopes.length === 0) return <p className="muted">No credential of this principal shows scopes, so what it may do is not known.</p>;
  if (needsFrom === 'none')
    return (
      <>
        <p className="muted">
          No API description says which scopes an endpoint needs, and too few kinds of token got through to learn it: what these scopes open
          is not known.
        </p>
        <ul className="card-list">
          {scopes.map(({ scope }) => (
            <li key={scope} className="mono">
              <EvidenceText text={scope} />
            </li>
          ))}
        </ul>
      </>
    );
  return (
    <>
      <p>
        Its {formatPlural(scopes.length, 'scope')} {scopes.length === 1 ? 'opens' : 'open'} {formatPlural(reached, 'endpoint')}; in the
        window it called {formatCount(reachedUsed)} of them. {NEEDS_WORDS[needsFrom]}
      </p>
      <ReachGraph principal={row.principal} label={row.label} scopes={scopes} />
      <ScopeTable principal={row.principal} scopes={scopes} />
      <UnusedTable detail={detail} />
    </>
  );
}

function UnusedTable({ detail: { unused, unusedTotal } }: ReachProps) {
  if (unused.length === 0) return null;
  return (
    <details className="priv-never">
      <summary>
        {formatPlural(unusedTotal, 'endpoint')} within reach and never called
        {unusedTotal > unused.length ? `; the ${formatCount(unused.length)} most sensitive` : ''}
      </summary>
      <ul className="card-list">
        {unused.map(({ operation, sensitivity, movesMoney }, index) => (
          <li key={`${operation} ${String(index)}`}>
            <span className="mono">
              <EvidenceText text={operation} />
            </span>{' '}
            <span className="muted">
              {sensitivity}
              {movesMoney ? ', moves money' : ''}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
