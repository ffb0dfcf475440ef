import { Download } from 'lucide-react';
import { useState } from 'react';
import type { EdgeKind } from '#shared/contract/report-json.ts';
import type { ChainDrawing } from '#shared/contract/chain-drawing.ts';
import { toVisibleText } from '#shared/lib/visible-text.ts';
import type { GraphModel } from '../../charts/graph/model.ts';
import { withKey } from '../../charts/picture-keys.ts';
import type { Picture } from '../../charts/picture-frame.ts';
import { CompareButton } from '../../compare/compare-button.tsx';
import { chainItem } from '../../compare/tray-items.ts';
import { useCompareCommand } from '../../compare/use-compare-command.ts';
import { matching } from '../../query/queries.ts';
import { GoLink } from '../../state/go-link.tsx';
import { toCalls } from '../../state/places.ts';
import { usePictureKeys } from '../../state/use-picture-keys.ts';
import { CopyButton } from '../../widgets/copy-button.tsx';
import { EdgeLineMark } from '../../widgets/edge/edge-line.tsx';
import { EDGE_KINDS, EDGE_WORDS } from '../../widgets/edge/edge-words.ts';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatCount, formatPlural } from '../../widgets/format.ts';
import { Menu } from '../../widgets/menu.tsx';
import { TimeText } from '../../widgets/numbers.tsx';
import { SeverityMark } from '../../widgets/severity-mark.tsx';
import { callsText, spanText } from './chain-list.tsx';
import { chainName, parseChainTitle } from './chain-title.ts';
import { FactsBar } from './facts-bar.tsx';
import { MODES, type Mode } from './modes.ts';
import { pictureEntries } from '../../host/picture-entries.ts';
import { pictureName } from './picture-export.ts';

interface ChainHeadProps {
  readonly detail: ChainDrawing;
  /** Of the graph and of its table; absent for the waterfall. */
  readonly model: GraphModel | undefined;
  readonly mode: Mode;
  readonly onMode: (mode: Mode) => void;
  readonly hidden: ReadonlySet<EdgeKind>;
  readonly onKind: (kind: EdgeKind) => void;
  /** Shows the graph as it was at first; absent when it is. */
  readonly onReset: (() => void) | undefined;
  /** The picture to save; absent where there is none. */
  readonly picture: (() => Picture | undefined) | undefined;
}

/** What the picture shows: which chain, how much of it and why not more, and a legend that filters. */
export function ChainHead({ detail, model, mode, onMode, hidden, onKind, onReset, picture }: ChainHeadProps) {
  const { chain } = detail;
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const { who, steps } = parseChainTitle(chain.title);
  const keys = usePictureKeys();
  useCompareCommand('chain', chainItem(chain.id, chainName(chain.title)));
  return (
    <div className="chain-head">
      <div className="chain-head-line">
        {chain.severity === undefined ? null : <SeverityMark severity={chain.severity} />}
        <h2 title={toVisibleText(chainName(chain.title))}>
          <EvidenceText text={who} />{' '}
          <span className="chain-steps">
            <EvidenceText text={steps} />
          </span>
        </h2>
        <CompareButton item={chainItem(chain.id, chainName(chain.title))} />
        <CopyButton text={chain.id} label="Copy the id of the chain" />
        <Menu
          label="Export"
          items={pictureEntries({
            name: pictureName(chain.id),
            picture,
            disabled: 'A table has no picture: choose the waterfall or the graph',
            onProblem: setProblem,
          })}
        >
          <Download size={16} strokeWidth={1.5} aria-hidden="true" />
        </Menu>
      </div>
      <div className="chain-head-line chain-facts muted">
        <span className="chain-shown" title={model?.why}>
          {countText(detail, model)}
        </span>
        <GoLink to={toCalls(matching('chain', chain.id))}>Its calls as a list</GoLink>
        {chain.start === undefined ? null : (
          <span>
            <TimeText time={chain.start} /> UTC
          </span>
        )}
        {chain.start === undefined || chain.end === undefined ? null : <span>over {spanText(chain.start, chain.end)}</span>}
        {onReset === undefined ? null : (
          <button type="button" className="link" onClick={onReset}>
            As at first
          </button>
        )}
        {problem === undefined ? null : (
          <span role="alert" className="severity-high">
            {problem}
          </span>
        )}
      </div>
      <FactsBar id={chain.id} />
      <div className="chain-head-line chain-facts chain-choices muted">
        <Legend detail={detail} hidden={hidden} onKind={onKind} />
        <div className="segmented" role="group" aria-label="Picture">
          {MODES.map((choice) => (
            <button
              key={choice.mode}
              type="button"
              aria-pressed={mode === choice.mode}
              title={withKey(choice.title, choice.act, keys)}
              onClick={() => {
                onMode(choice.mode);
              }}
            >
              {choice.title}
            </button>
          ))}
        </div>
      </div>
    </div>
  );
}

/** "n of m, why": a picture never leaves anything out without saying so. */
export function countText(detail: ChainDrawing, model: GraphModel | undefined): string {
  const all = callsText(detail.chain);
  const shown = detail.truncated ? `the first ${formatCount(detail.calls.length)} of ${all}, by time` : all;
  if (model?.why === undefined) return shown;
  return `${formatPlural(model.nodes.length, 'node')} of ${shown}: ${model.why}`;
}

function Legend({
  detail,
  hidden,
  onKind,
}: {
  readonly detail: ChainDrawing;
  readonly hidden: ReadonlySet<EdgeKind>;
  readonly onKind: (kind: EdgeKind) => void;
}) {
  const kinds = EDGE_KINDS.filter((kind) => detail.edges.some((edge) => edge.kinds.includes(kind)));
  return (
    <div className="chain-legend" role="group" aria-label="Links by how they are known; press to hide or show">
      {kinds.map((kind) => (
        <button
          key={kind}
          type="button"
          className="legend-item"
          aria-pressed={!hidden.has(kind)}
          title={hidden.has(kind) ? 'Show these links' : 'Hide these links'}
          onClick={() => {
            onKind(kind);
          }}
        >
          <EdgeLineMark kind={kind} />
          {EDGE_WORDS[kind]} <span className="number">{formatCount(detail.edges.filter((edge) => edge.kinds.includes(kind)).length)}</span>
        </button>
      ))}
    </div>
  );
}
