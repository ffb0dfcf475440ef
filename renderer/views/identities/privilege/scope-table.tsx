import { Fragment, useState } from 'react';
import type { PrivilegeScope, ScopeOperation } from '#shared/contract/privilege.ts';
import { matching, matchingAny } from '../../../query/queries.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { toCalls } from '../../../state/places.ts';
import { toVisibleText } from '#shared/lib/visible-text.ts';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';
import { formatCount } from '../../../widgets/format.ts';
import { MiddleText } from '../../../widgets/middle-text.tsx';
import { standingOf } from './reach-layout.ts';

const USE_WORDS = { used: 'used', incident: 'in incidents only', unused: 'never used' } as const;

/** Which number of a scope is open. */
type Shown = 'opens' | 'used' | 'incident';

const SHOWN_WORDS: Readonly<Record<Shown, string>> = {
  opens: 'Endpoints that it opens',
  used: 'Endpoints that were used',
  incident: 'Endpoints called in incidents',
};

const isShown = ({ used, incident }: ScopeOperation, shown: Shown): boolean => shown === 'opens' || (shown === 'used' ? used : incident);

interface ScopeTableProps {
  readonly principal: string;
  readonly scopes: readonly PrivilegeScope[];
}

/** The twin of the picture: each number opens the operations that it counts, and each operation leads to its calls. */
export function ScopeTable({ principal, scopes }: ScopeTableProps) {
  const [open, setOpen] = useState<{ readonly scope: string; readonly shown: Shown } | undefined>(undefined);
  return (
    <table className="table">
      <caption className="visually-hidden">Scopes, in endpoints</caption>
      <thead>
        <tr>
          <th scope="col">Scope</th>
          <th scope="col">Use</th>
          <th scope="col" className="end">
            Opens
          </th>
          <th scope="col" className="end">
            Used
          </th>
          <th scope="col" className="end">
            In incidents
          </th>
        </tr>
      </thead>
      <tbody>
        {scopes.map((scope) => {
          const shown = open?.scope === scope.scope ? open.shown : undefined;
          const number = (which: Shown, value: number) => (
            <td className="end">
              <Opener
                value={value}
                label={`${SHOWN_WORDS[which]}: ${scope.scope}`}
                known={scope.opened.length > 0}
                open={shown === which}
                onOpen={() => {
                  setOpen(shown === which ? undefined : { scope: scope.scope, shown: which });
                }}
              />
            </td>
          );
          return (
            <Fragment key={scope.scope}>
              <tr>
                <td className="wide">
                  <MiddleText text={scope.scope} mono />
                  {scope.wildcard ? <span className="muted"> wildcard</span> : null}
                </td>
                <td className="nowrap">{USE_WORDS[standingOf(scope)]}</td>
                {number('opens', scope.reaches)}
                {number('used', scope.used)}
                {number('incident', scope.incident)}
              </tr>
              {shown === undefined ? null : (
                <tr>
                  <td colSpan={5}>
                    <Operations principal={principal} scope={scope} shown={shown} />
                  </td>
                </tr>
              )}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}

interface OpenerProps {
  readonly value: number;
  readonly label: string;
  /** False for a case that an earlier version analysed: it holds the number alone. */
  readonly known: boolean;
  readonly open: boolean;
  readonly onOpen: () => void;
}

function Opener({ value, label, known, open, onOpen }: OpenerProps) {
  if (value === 0 || !known) return <span className={value === 0 ? 'faint' : undefined}>{formatCount(value)}</span>;
  return (
    <button
      type="button"
      className="link"
      aria-expanded={open}
      aria-label={`${formatCount(value)}: ${toVisibleText(label)}`}
      onClick={onOpen}
    >
      {formatCount(value)}
    </button>
  );
}

function Operations({ principal, scope, shown }: { readonly principal: string; readonly scope: PrivilegeScope; readonly shown: Shown }) {
  const counted = { opens: scope.reaches, used: scope.used, incident: scope.incident }[shown];
  const listed = scope.opened.filter((operation) => isShown(operation, shown));
  return (
    <>
      <p className="muted">
        {SHOWN_WORDS[shown]}
        {counted > listed.length ? `: the first ${formatCount(listed.length)} of ${formatCount(counted)}` : ''}
      </p>
      <ul className="card-list">
        {listed.map(({ name, endpoints, used, incident }, index) => (
          <li key={`${String(index)} ${name}`}>
            {(used || incident) && endpoints.length > 0 ? (
              <GoLink to={toCalls(`${matching('principal', principal)} and ${matchingAny('endpoint', endpoints)}`)}>
                <MiddleText text={name} mono tail={24} />
              </GoLink>
            ) : (
              <span className="mono">
                <EvidenceText text={name} />
              </span>
            )}
            <span className="muted">{used ? '' : incident ? ' in incidents only' : ' never called'}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
