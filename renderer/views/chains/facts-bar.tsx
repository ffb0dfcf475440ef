import { useState } from 'react';
import type { ChainFacts } from '#shared/contract/chains.ts';
import { useAfterPaint } from '../../query/use-after-paint.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { GoLink } from '../../state/go-link.tsx';
import { select } from '../../state/selection.ts';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatBytes, formatCount, formatPlural } from '../../widgets/format.ts';
import { Modal } from '../../widgets/modal.tsx';
import { toWholeFlow } from './flow-list.tsx';
import { FactsTables } from './facts-tables.tsx';
import { SimilarList } from './similar-list.tsx';

/** What one chain did, on one line: where it began, how deep and quick it was, what left; more of it in a dialog. */
export function FactsBar({ id }: { readonly id: string }) {
  // The rows below come first: both are asked of one process.
  const { data: facts } = useEngineQuery('chains.facts', { id }, { enabled: useAfterPaint() });
  const [isOpen, setOpen] = useState(false);
  // Loading and failing show in the chain itself, which is read from the same rows.
  if (facts?.id !== id) return <div className="chain-head-line chain-facts-bar" aria-busy="true" />;
  return (
    <div className="chain-head-line chain-facts-bar" role="group" aria-label="Facts of the chain">
      <span className="chain-root">
        Began with{' '}
        <button
          type="button"
          className="link mono"
          title={facts.rootCause.why}
          onClick={() => {
            select({ call: facts.rootCause.call });
          }}
        >
          <EvidenceText text={facts.rootCause.step} />
        </button>
      </span>
      <span className="muted chain-facts-rest" title={summary(facts)}>
        {summary(facts)}
      </span>
      {facts.sameShape > 1 ? <GoLink to={toWholeFlow(id)}>this flow ran {formatCount(facts.sameShape)} times</GoLink> : null}
      <button
        type="button"
        className="button"
        onClick={() => {
          setOpen(true);
        }}
      >
        Facts…
      </button>
      {isOpen ? (
        <FactsDialog
          facts={facts}
          onClose={() => {
            setOpen(false);
          }}
        />
      ) : null}
    </div>
  );
}

/** Two figures are enough to tell a program from a person. Units: calls per second. */
const formatRate = (rate: number): string => (rate < 10 ? String(Number(rate.toPrecision(2))) : formatCount(Math.round(rate)));

/** The numbers of a chain in one line. */
function summary({ depth, fanOut, tempo, out, in: received, hosts, domains }: ChainFacts): string {
  return [
    formatPlural(depth, 'level'),
    fanOut === undefined ? '' : `up to ${formatCount(fanOut.most)} from one call`,
    tempo.callsPerSecond === undefined ? '' : `${formatRate(tempo.callsPerSecond)} calls/s`,
    out.callsWithBytes === 0 ? '' : `${formatBytes(out.bytes)} sent`,
    received.callsWithBytes === 0 ? '' : `${formatBytes(received.bytes)} received`,
    hosts.length === 0 ? '' : `${formatPlural(hosts.length, 'host')} in ${formatPlural(domains.length, 'trust domain')}`,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

function FactsDialog({ facts, onClose }: { readonly facts: ChainFacts; readonly onClose: () => void }) {
  return (
    <Modal
      wide
      title="What the chain did"
      about={<EvidenceText text={`${facts.rootCause.step}: ${facts.rootCause.why}`} />}
      onClose={onClose}
    >
      <div className="chain-facts-body" role="region" aria-label="Facts" tabIndex={0}>
        <FactsTables facts={facts} onGo={onClose} />
        <h3>Chains that did much the same</h3>
        <SimilarList id={facts.id} onGo={onClose} />
      </div>
    </Modal>
  );
}
