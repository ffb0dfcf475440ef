import type { FlowStep, SimilarChain } from '#shared/contract/chains.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { goTo } from '../../state/selection.ts';
import { Answer } from '../../widgets/answer.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatCount, formatPlural } from '../../widgets/format.ts';
import { chainName } from './chain-title.ts';
import { stepText, toWholeFlow } from './flow-list.tsx';

/** Shapes listed. */
const COUNT = 20;

interface SimilarProps {
  readonly id: string;
  readonly onGo: () => void;
}

/** Chains of other shapes that did much the same, with what both did and where they part. */
export function SimilarList({ id, onGo }: SimilarProps) {
  const similar = useEngineQuery('chains.similar', { id, count: COUNT });
  return (
    <Answer query={similar} what="similar chains">
      {({ rows, sameShape }) => (
        <>
          <p className="muted" role="status">
            {sameShape === 1 ? (
              'No other chain has the same shape.'
            ) : (
              <>
                <button
                  type="button"
                  className="link"
                  onClick={() => {
                    goTo(toWholeFlow(id));
                    onGo();
                  }}
                >
                  {formatPlural(sameShape - 1, 'other chain')}
                </button>{' '}
                of the same shape.
              </>
            )}{' '}
            {rows.length === 0
              ? 'None of another shape shares one of its rarer steps.'
              : `${formatPlural(rows.length, 'other shape')} by likeness: rare steps and which step led to which weigh most.`}
          </p>
          {rows.length === 0 ? null : <SimilarTable rows={rows} onGo={onGo} />}
        </>
      )}
    </Answer>
  );
}

function SimilarTable({ rows, onGo }: { readonly rows: readonly SimilarChain[]; readonly onGo: () => void }) {
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col" className="end number">
            Alike
          </th>
          <th scope="col">Chain</th>
          <th scope="col" className="end number">
            Chains
          </th>
          <th scope="col">Both</th>
          <th scope="col">Not in that one</th>
          <th scope="col">Only in that one</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ chain, chains, similarity, shared, missing, added }) => (
          <tr key={chain.id}>
            <td className="end number">{Math.round(similarity * 100)} %</td>
            <td>
              <button
                type="button"
                className="link"
                onClick={() => {
                  goTo({ view: 'chains', chain: chain.id, call: undefined });
                  onGo();
                }}
              >
                <EvidenceText text={chainName(chain.title)} />
              </button>
            </td>
            <td className="end number">
              <button
                type="button"
                className="link"
                onClick={() => {
                  goTo(toWholeFlow(chain.id));
                  onGo();
                }}
              >
                {formatCount(chains)}
              </button>
            </td>
            <Steps steps={shared} />
            <Steps steps={missing} />
            <Steps steps={added} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Steps in one cell, the rarest first. */
const SHOWN = 2;

function Steps({ steps }: { readonly steps: readonly FlowStep[] }) {
  const texts = steps.map(stepText);
  return (
    <td className="mono chain-like-steps">
      <EvidenceText text={[...texts.slice(0, SHOWN), ...(texts.length > SHOWN ? ['…'] : [])].join('; ')} />
    </td>
  );
}
