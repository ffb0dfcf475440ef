import './map-chart.css';
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { GraphLine, GraphMap, GraphNode } from '#shared/contract/graph.ts';
import { toVisibleText } from '#shared/lib/visible-text.ts';
import { EDGE_WORDS, edgeLine } from '../widgets/edge-words.ts';
import { formatCount, formatPlural } from '../widgets/format.ts';
import { KindShape } from '../widgets/kind-mark.tsx';
import { SeverityShape } from '../widgets/severity-mark.tsx';
import { BOX, linePath, mapLayout, type MapLayout, type PlacedNode } from './map-layout.ts';
import { elideMiddle } from './node-box.ts';

/** What is chosen in the map: a box, or a line by its ends and role. */
export type MapChoice = { readonly kind: 'node'; readonly id: string } | { readonly kind: 'line'; readonly id: string };

/** Names a line: there is at most one of each role between two boxes. */
export const lineId = ({ from, to, role }: Pick<GraphLine, 'from' | 'to' | 'role'>): string => JSON.stringify([from, to, role]);

interface MapChartProps {
  readonly map: GraphMap;
  readonly lines: readonly GraphLine[];
  readonly label: string;
  readonly choice: MapChoice | undefined;
  readonly onChoose: (choice: MapChoice | undefined) => void;
  /** Takes a host apart, or folds it again. */
  readonly onOpen: (node: GraphNode) => void;
}

/** Characters of a name that fit a box beside its marks: JetBrains Mono at 12 px. */
const LABEL = 22;
const UNDER = 32;

/** Callers, models, tools and operations from left to right; text keeps its size, the picture scrolls. */
export function MapChart({ map, lines, label, choice, onChoose, onOpen }: MapChartProps) {
  const svg = useRef<SVGSVGElement>(null);
  const layout = useMemo(() => mapLayout(map.nodes, map.lines), [map]);
  const places = useMemo(() => new Map(layout.nodes.map((placed) => [placed.node.id, placed])), [layout]);
  const [focused, setFocused] = useState<string | undefined>(undefined);
  const current = places.get(focused ?? '') ?? layout.nodes[0];
  const lit = useMemo(() => litBy(choice, lines), [choice, lines]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (current === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = stepFrom(layout, lines, current, event.key);
    if (next !== undefined) {
      setFocused(next.node.id);
      [...(svg.current?.querySelectorAll<SVGGElement>('[data-node]') ?? [])]
        .find((element) => element.dataset['node'] === next.node.id)
        ?.focus();
    } else if (event.key === 'Enter' || event.key === ' ') onChoose({ kind: 'node', id: current.node.id });
    else if (event.key === 'e' || event.key === 'E') onOpen(current.node);
    else return;
    event.preventDefault();
  };
  return (
    <div className="map">
      <svg
        ref={svg}
        width={layout.width}
        height={layout.height}
        role="group"
        aria-label={label}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          const id = event.target.dataset['node'];
          if (id !== undefined) setFocused(id);
        }}
      >
        {layout.heads.map((head) => (
          <text key={head.x} x={head.x} y={18} className="map-head">
            {head.title} {formatCount(head.count)}
          </text>
        ))}
        {lines.map((line) => {
          const from = places.get(line.from);
          const to = places.get(line.to);
          if (from === undefined || to === undefined) return null;
          const id = lineId(line);
          return (
            <Line
              key={id}
              line={line}
              d={linePath(from, to)}
              isChosen={choice?.id === id}
              state={lit === undefined ? 'plain' : lit.has(id) ? 'lit' : 'recede'}
              onChoose={() => {
                onChoose({ kind: 'line', id });
              }}
            />
          );
        })}
        {layout.nodes.map((placed) => (
          <Box
            key={placed.node.id}
            placed={placed}
            out={lines.filter((line) => line.from === placed.node.id).length}
            isChosen={choice?.id === placed.node.id}
            hasFocus={placed.node.id === current?.node.id}
            recedes={lit !== undefined && !lit.has(placed.node.id)}
            onChoose={() => {
              setFocused(placed.node.id);
              onChoose({ kind: 'node', id: placed.node.id });
            }}
          />
        ))}
        {lines.map((line) => {
          const from = places.get(line.from);
          const to = places.get(line.to);
          if (from === undefined || to === undefined || lit?.has(lineId(line)) !== true) return null;
          return <Count key={lineId(line)} line={line} from={from} to={to} />;
        })}
      </svg>
    </div>
  );
}

/** What stays in full ink: a chosen box with its lines and their ends, or a chosen line with its ends. */
function litBy(choice: MapChoice | undefined, lines: readonly GraphLine[]): ReadonlySet<string> | undefined {
  if (choice === undefined) return undefined;
  const touched = lines.filter((line) => lineId(line) === choice.id || line.from === choice.id || line.to === choice.id);
  return new Set([choice.id, ...touched.flatMap((line) => [lineId(line), line.from, line.to])]);
}

/** Where an arrow key goes: within the column, or along the widest line to a column beside it. */
function stepFrom(layout: MapLayout, lines: readonly GraphLine[], at: PlacedNode, key: string): PlacedNode | undefined {
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    const column = layout.nodes.filter((placed) => placed.column === at.column);
    return column[column.indexOf(at) + (key === 'ArrowDown' ? 1 : -1)];
  }
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return undefined;
  const isRight = key === 'ArrowRight';
  const ends = lines
    .filter((line) => line.from === at.node.id || line.to === at.node.id)
    .sort((a, b) => b.calls - a.calls)
    .map((line) => (line.from === at.node.id ? line.to : line.from));
  const joined = ends.flatMap((id) => layout.nodes.find((placed) => placed.node.id === id) ?? []);
  return joined.find((placed) => (isRight ? placed.column > at.column : placed.column < at.column));
}

interface LineProps {
  readonly line: GraphLine;
  readonly d: string;
  readonly isChosen: boolean;
  readonly state: 'plain' | 'lit' | 'recede';
  readonly onChoose: () => void;
}

/** Width grows with the logarithm of the calls; the line says how it is known. Boxes are what the keyboard stops at. */
function Line({ line, d, isChosen, state, onChoose }: LineProps) {
  const style = line.kind === undefined ? 'thin' : edgeLine(line.kind);
  const width = (style === 'thin' || style === 'dashed' ? 1 : 1.5) + Math.log10(Math.max(1, line.calls)) * 0.9;
  return (
    <g className={`map-line ${state}${isChosen ? ' chosen' : ''}`} aria-hidden="true" onClick={onChoose}>
      <title>{toVisibleText(describeLine(line))}</title>
      <path d={d} className="map-hit" />
      <path d={d} className={`edge-line edge-${style}`} style={{ strokeWidth: style === 'double' ? width + 2.5 : width }} />
      {style === 'double' ? <path d={d} className="map-core" style={{ strokeWidth: Math.max(1, width - 0.5) }} /> : null}
    </g>
  );
}

/** A line in words. */
export function describeLine(line: GraphLine): string {
  const how = line.kind === undefined ? 'who called is known by attribution' : `known by ${EDGE_WORDS[line.kind]}`;
  const what = line.role === 'called' ? formatPlural(line.calls, 'call') : `led to ${formatPlural(line.calls, 'call')}`;
  return `${what}${line.failed > 0 ? `, ${formatCount(line.failed)} failed` : ''}, ${how}`;
}

function Count({ line, from, to }: { readonly line: GraphLine; readonly from: PlacedNode; readonly to: PlacedNode }) {
  const text = formatCount(line.calls);
  const isBeside = from.column === to.column;
  const x = isBeside ? from.x + BOX.width + BOX.between * 0.5 : (from.x + to.x + BOX.width) / 2;
  const y = (from.y + to.y + BOX.height) / 2;
  const wide = text.length * 7 + 8;
  return (
    <g aria-hidden="true" pointerEvents="none">
      <rect x={x - wide / 2} y={y - 8} width={wide} height={16} rx={3} className="map-count-ground" />
      <text x={x} y={y + 4} className="map-count">
        {text}
      </text>
    </g>
  );
}

interface BoxProps {
  readonly placed: PlacedNode;
  readonly out: number;
  readonly isChosen: boolean;
  readonly hasFocus: boolean;
  readonly recedes: boolean;
  readonly onChoose: () => void;
}

function Box({ placed: { node, x, y }, out, isChosen, hasFocus, recedes, onChoose }: BoxProps) {
  const label = elideMiddle(toVisibleText(node.label), LABEL + (node.kind === undefined ? 3 : 0) - (node.severity === undefined ? 0 : 2));
  const under = elideMiddle(toVisibleText(underOf(node)), UNDER);
  // What is read out begins with what is seen.
  const words = toVisibleText(
    [
      `${label} ${under}`,
      node.label,
      node.host ?? '',
      node.layer,
      `${formatCount(out)} outgoing`,
      node.failed > 0 ? `${formatCount(node.failed)} failed` : '',
      node.severity === undefined ? '' : `named by a finding of severity ${node.severity}`,
      node.id.startsWith('host:') ? 'E shows its operations' : '',
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
      <text x={node.kind === undefined ? 8 : 28} y={15} className="map-label">
        {label}
      </text>{' '}
      <text
        x={node.kind === undefined ? 8 : 28}
        y={30}
        className={node.calls > 0 && node.failed === node.calls ? 'map-under map-bad' : 'map-under'}
      >
        {under}
      </text>
      {node.severity === undefined ? null : (
        <g transform={`translate(${String(BOX.width - 20)} 12)`}>
          <SeverityShape severity={node.severity} />
        </g>
      )}
    </g>
  );
}

/** What stands below the name: how many calls, of how many, and where. */
function underOf(node: GraphNode): string {
  const members = node.members > 1 ? `${formatCount(node.members)} ${node.layer === 'caller' ? 'callers' : 'operations'}, ` : '';
  const host = node.host === undefined || node.host === '' || node.host === node.label ? '' : ` · ${node.host}`;
  return `${members}${formatPlural(node.calls, 'call')}${host}`;
}
