import type { BaselineState } from '#shared/contract/baseline-methods.ts';
import { learntWords } from '#shared/model/learning.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { Answer } from '../../widgets/answer.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatCount, formatPlural, formatTime } from '../../widgets/format.ts';
import { NarrowedChanges } from './narrowed-changes.tsx';
import { UsualFile } from './usual-file.tsx';
import { UsualWindow } from './usual-window.tsx';

/** What counts as usual in this case: its window and why, another one by hand, and baselines from and for other cases. */
export function Usual() {
  const state = useEngineQuery('baseline.get', {});
  return (
    <section className="inv-part" aria-labelledby="usual-title">
      <h2 id="usual-title">What is usual</h2>
      <Answer query={state} what="what is usual" lines={4}>
        {(data) => <Filled key={`${data.until ?? ''} ${data.incidentFrom ?? ''}`} state={data} />}
      </Answer>
    </section>
  );
}

function Filled({ state }: { readonly state: BaselineState }) {
  const { says, learnt, look, imported, drift } = state;
  return (
    <>
      <p>{says === '' ? 'Not known yet: the case is not analysed.' : says}</p>
      {learnt === undefined ? null : <p role="note">{learntWords(learnt, `${formatTime(learnt.first, 'min')} UTC`)}</p>}
      {look === undefined ? null : (
        <p role="note">
          <EvidenceText text={look} />
        </p>
      )}
      {imported === undefined ? null : (
        <p>
          This case is judged by the baseline of another case, from {formatTime(imported.from, 'min')} to {formatTime(imported.to, 'min')}{' '}
          UTC, SHA-256 <span className="mono">{imported.sha256.slice(0, 12)}…</span>: {formatPlural(imported.pairs, 'pair')} of principal
          and endpoint. {formatCount(imported.principalsHere)} of its {formatPlural(imported.principals, 'principal')} and{' '}
          {formatCount(imported.endpointsHere)} of its {formatPlural(imported.endpoints, 'endpoint')} are in this case.
        </p>
      )}
      <UsualWindow state={state} />
      <UsualFile state={state} />
      {drift === undefined ? null : (
        <NarrowedChanges drift={drift} usual={{ until: imported === undefined ? state.window?.[1] : undefined }} />
      )}
    </>
  );
}
