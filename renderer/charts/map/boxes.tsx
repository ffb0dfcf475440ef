import { toVisibleText } from '#shared/lib/visible-text.ts';
import { formatCount } from '../../widgets/format.ts';
import { KindShape } from '../../widgets/kind-mark.tsx';
import { SeverityShape } from '../../widgets/severity-mark.tsx';
import type { Detail } from '../use-zoom.ts';
import { boxLabel, boxText, boxUnder, LAYER_WORDS, opensInto } from './box.ts';
import { BOX, type PlacedNode } from './layout.ts';

interface BoxProps {
  readonly placed: PlacedNode;
  readonly detail: Detail;
  readonly out: number;
  readonly isChosen: boolean;
  readonly hasFocus: boolean;
  readonly recedes: boolean;
  readonly onChoose: () => void;
}

/** One box of the map. */
export function MapBox({ placed: { node, x, y }, detail, out, isChosen, hasFocus, recedes, onChoose }: BoxProps) {
  const text = boxText(detail);
  const label = boxLabel(node, node.label, text);
  const under = boxUnder(node, text?.under?.length);
  const left = node.kind === undefined ? 8 : 28;
  // What is read out begins with what is seen.
  const words = toVisibleText(
    [
      `${label} ${under}`,
      node.label,
      node.host ?? '',
      LAYER_WORDS[node.layer],
      `${formatCount(out)} outgoing`,
      node.failed > 0 ? `${formatCount(node.failed)} failed` : '',
      node.severity === undefined ? '' : `named by a finding of severity ${node.severity}`,
      opensInto(node),
    ]
      .filter((part) => part !== '')
      .join(', '),
  );
  return (
    <g
      className={`map-node${isChosen ? ' chosen' : ''}${recedes ? ' recede' : ''}`}
      transform={`translate(${String(x)} ${String(y)})`}
      role="button"
      aria-label={words}
      aria-pressed={isChosen}
      tabIndex={hasFocus ? 0 : -1}
      data-node={node.id}
      onClick={onChoose}
    >
      <title>{words}</title>
      {node.members > 1 ? <rect x={3} y={3} width={BOX.width} height={BOX.height} rx={4} className="map-stack" /> : null}
      <rect width={BOX.width} height={BOX.height} rx={4} className="map-box" />
      {node.kind === undefined ? null : (
        <g transform="translate(8 12)">
          <KindShape kind={node.kind} />
        </g>
      )}
      {text === undefined ? null : (
        <text x={left} y={text.label.y} className="map-label" style={{ fontSize: text.label.size }}>
          {label}
        </text>
      )}{' '}
      {text?.under === undefined ? null : (
        <text
          x={left}
          y={text.under.y}
          className={node.calls > 0 && node.failed === node.calls ? 'map-under map-bad' : 'map-under'}
          style={{ fontSize: text.under.size }}
        >
          {under}
        </text>
      )}
      {node.severity === undefined ? null : (
        <g transform={`translate(${String(BOX.width - 20)} 12)`}>
          <SeverityShape severity={node.severity} />
        </g>
      )}
    </g>
  );
}
