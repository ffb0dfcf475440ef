import './two-sides.css';
import type { CaptureSides } from '#shared/contract/two-sides.ts';
import { useEngineQuery } from '../../../query/use-engine-query.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { Answer } from '../../../widgets/answer.tsx';
import { EmptyState } from '../../../widgets/empty-state.tsx';
import { formatPlural } from '../../../widgets/format.ts';
import { EvidenceTabs } from '../evidence-tabs.tsx';
import { CaptureCard } from './capture-card.tsx';

/** Two sides: every capture of a client set against the logs that saw the same traffic, the second user of its token first. */
export function TwoSides() {
  const sides = useEngineQuery('sides.list', {});
  return (
    <>
      <div className="filter-bar sides-bar">
        <EvidenceTabs />
        <span className="muted toolbar-count" role="status">
          {sides.data === undefined ? '' : `${formatPlural(sides.data.length, 'capture')} against the logs beside ${sides.data.length === 1 ? 'it' : 'them'}`}
        </span>
      </div>
      <Answer query={sides} what="both sides" lines={8}>
        {(captures) => (captures.length === 0 ? <NoCapture /> : <Captures captures={captures} />)}
      </Answer>
    </>
  );
} // prettier-ignore

function NoCapture() {
  return (
    <EmptyState
      title="No capture of a client in this case"
      actions={
        <GoLink to={{ view: 'start' }} className="button">
          Add evidence
        </GoLink>
      }
    >
      Add a HAR file of the person or agent and the gateway’s log of the same time: what only one of them saw is listed here, above all
      calls with the same credential that the client never made.
    </EmptyState>
  );
}

function Captures({ captures }: { readonly captures: readonly CaptureSides[] }) {
  // Who has a second user is what was asked for.
  const urgent = captures.toSorted((a, b) => Number(b.secondUses.length > 0) - Number(a.secondUses.length > 0));
  return (
    <div className="sides-scroll" tabIndex={0} role="region" aria-label="Captures against logs">
      {urgent.map((sides) => (
        <CaptureCard key={sides.capture} sides={sides} />
      ))}
    </div>
  );
}
