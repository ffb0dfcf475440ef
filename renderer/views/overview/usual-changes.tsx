import { ArrowDown, ArrowUp, Minus, Plus } from 'lucide-react';
import type { BaselineState } from '#shared/contract/baseline-methods.ts';
import type { BaselineDrift } from '#shared/model/baseline-drift.ts';
import { groupDrift, type DriftGroup } from '#shared/model/drift-groups.ts';
import { callsAfter, callsBefore, type UsualTime } from '../../query/drift-calls.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { GoLink } from '../../state/go-link.tsx';
import { toCalls, toUsualChanges } from '../../state/places.ts';
import { Answer } from '../../widgets/answer.tsx';
import { formatPlural, formatTime } from '../../widgets/format.ts';
import { MiddleText } from '../../widgets/middle-text.tsx';
import { driftNote, firstRows } from './drift-rows.ts';

/** What is different from the usual time or from the imported baseline: counts that lead to their rows, and the first of them. */
export function UsualChanges({ analyzed }: { readonly analyzed: boolean }) {
  const state = useEngineQuery('baseline.get', {});
  return (
    <section className="overview-changes" aria-labelledby="changes-title">
      <div className="panel-head">
        <h2 id="changes-title">What changed against the baseline</h2>
        <GoLink to={toUsualChanges()}>What is usual</GoLink>
      </div>
      <Answer query={state} what="what changed" lines={3}>
        {(data) =>
          data.drift === undefined ? (
            <p className="muted list-none">{analyzed ? data.says : 'Known after the analysis.'}</p>
          ) : (
            <Filled state={data} drift={data.drift} />
          )
        }
      </Answer>
    </section>
  );
}

const againstOf = ({ imported, window }: BaselineState): string => {
  if (imported !== undefined)
    return `This case against the imported baseline of ${formatTime(imported.from, 'min')} to ${formatTime(imported.to, 'min')} UTC.`;
  return window === undefined
    ? ''
    : `After ${formatTime(window[1], 'min')} UTC against the usual time before. People and strangers come and go and are left out.`;
};

function Filled({ state, drift }: { readonly state: BaselineState; readonly drift: readonly BaselineDrift[] }) {
  const groups = groupDrift(drift);
  const usual: UsualTime = { until: state.imported === undefined ? state.window?.[1] : undefined };
  return (
    <>
      <p className="muted changes-against">{againstOf(state)}</p>
      <p className="changes-line">
        {groups.length === 0 ? <span>Nothing came, stayed away, or is called twice or half as often.</span> : null}
        {groups.map((group) => (
          <GroupCount key={group.id} group={group} />
        ))}
      </p>
      {groups.length === 0 ? null : (
        <ol className="rows changes-rows">
          {firstRows(groups).map((row) => (
            <ChangeRow key={[row.what, row.host, row.principal, row.endpoint].join(' ')} row={row} usual={usual} />
          ))}
        </ol>
      )}
    </>
  );
}

function GroupCount({ group: { id, sign, one, many, rows } }: { readonly group: DriftGroup }) {
  return (
    <GoLink to={toUsualChanges(id)} className="link number-link">
      {sign}
      {formatPlural(rows.length, one, many)}
    </GoLink>
  );
}

const CHANGES = {
  new: { icon: Plus, word: 'new' },
  gone: { icon: Minus, word: 'gone' },
  more: { icon: ArrowUp, word: 'more often' },
  less: { icon: ArrowDown, word: 'less often' },
} as const;

function ChangeRow({ row, usual }: { readonly row: BaselineDrift; readonly usual: UsualTime }) {
  const { icon: Icon, word } = CHANGES[row.change];
  const query = callsAfter(row, usual) ?? callsBefore(row, usual);
  const told = (
    <>
      <Icon size={16} strokeWidth={1.5} aria-label={word} />
      <span className="row-title mono">
        <MiddleText text={[row.host, row.principal, row.endpoint].filter((name) => name !== undefined).join(' at ')} mono />
      </span>
      <span className="row-note">{driftNote(row)}</span>
    </>
  );
  return (
    <li>
      {query === undefined ? (
        <span className="row-link">{told}</span>
      ) : (
        <GoLink to={toCalls(query)} className="row-link">
          {told}
        </GoLink>
      )}
    </li>
  );
}
