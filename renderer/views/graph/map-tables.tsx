import { useState } from 'react';
import type { GraphLine, GraphMap, GraphNode } from '#shared/contract/graph.ts';
import { LAYER_WORDS } from '../../charts/map/box.ts';
import type { MapChoice } from '../../charts/map/chart.tsx';
import { lineId } from '../../charts/map/line.ts';
import { EdgeLineMark } from '../../widgets/edge/edge-line.tsx';
import { EDGE_WORDS } from '../../widgets/edge/edge-words.ts';
import { formatCount } from '../../widgets/format.ts';
import { MiddleText } from '../../widgets/middle-text.tsx';
import { TimeText } from '../../widgets/numbers.tsx';
import { SeverityMark } from '../../widgets/severity-mark.tsx';
import { VirtualTable, type Column } from '../../widgets/table/virtual-table.tsx';

interface MapTablesProps {
  readonly map: GraphMap;
  readonly lines: readonly GraphLine[];
  readonly choice: MapChoice | undefined;
  readonly onChoose: (choice: MapChoice) => void;
}

/** The table twin of the map: its boxes and its lines, every one of them. */
export function MapTables(props: MapTablesProps) {
  const { map, lines, choice, onChoose } = props;
  const [which, setWhich] = useState<'boxes' | 'lines'>('boxes');
  const [active, setActive] = useState<number | undefined>(undefined);
  return (
    <div className="graph-detail">
      <div className="graph-detail-head">
        <div className="segmented" role="group" aria-label="Table">
          <button
            type="button"
            aria-pressed={which === 'boxes'}
            onClick={() => {
              setWhich('boxes');
            }}
          >
            Boxes {formatCount(map.nodes.length)}
          </button>
          <button
            type="button"
            aria-pressed={which === 'lines'}
            onClick={() => {
              setWhich('lines');
            }}
          >
            Lines {formatCount(lines.length)}
          </button>
        </div>
      </div>
      {which === 'boxes' ? (
        <VirtualTable
          label="Boxes of the map"
          columns={nodeColumns(lines)}
          count={map.nodes.length}
          rowHeight={24}
          row={(index) => map.nodes[index]}
          active={active}
          onActive={(index) => {
            setActive(index);
            const node = map.nodes[index];
            if (node !== undefined) onChoose({ kind: 'node', id: node.id });
          }}
          isSelected={(node) => node.id === choice?.id}
        />
      ) : (
        <LineTable {...props} />
      )}
    </div>
  );
}

/** Lines of the map as rows; one that is chosen shows its calls. */
export function LineTable({ map, lines, choice, onChoose }: MapTablesProps) {
  const [active, setActive] = useState<number | undefined>(undefined);
  const names = new Map(map.nodes.map((node) => [node.id, node.label]));
  return (
    <VirtualTable
      label="Lines of the map"
      columns={lineColumns(names)}
      count={lines.length}
      rowHeight={24}
      row={(index) => lines[index]}
      active={active}
      onActive={setActive}
      onOpen={(index) => {
        const line = lines[index];
        if (line !== undefined) onChoose({ kind: 'line', id: lineId(line) });
      }}
      isSelected={(line) => lineId(line) === choice?.id}
    />
  );
}

function nodeColumns(lines: readonly GraphLine[]): readonly Column<GraphNode>[] {
  const count = (node: GraphNode, end: 'from' | 'to'): string => formatCount(lines.filter((line) => line[end] === node.id).length);
  return [
    { id: 'layer', title: 'Kind', width: '88px', cell: (node) => LAYER_WORDS[node.layer] },
    { id: 'label', title: 'Name', width: 'minmax(180px, 2fr)', cell: (node) => <MiddleText text={node.label} mono tail={18} /> },
    { id: 'host', title: 'Host', width: 'minmax(120px, 1fr)', cell: (node) => <MiddleText isHost text={node.host ?? ''} mono tail={12} /> },
    { id: 'members', title: 'Stands for', width: '80px', align: 'end', cell: (node) => formatCount(node.members) },
    { id: 'calls', title: 'Calls', width: '80px', align: 'end', cell: (node) => formatCount(node.calls) },
    { id: 'failed', title: 'Failed', width: '72px', align: 'end', cell: (node) => formatCount(node.failed) },
    { id: 'in', title: 'Lines in', width: '72px', align: 'end', cell: (node) => count(node, 'to') },
    { id: 'out', title: 'Lines out', width: '72px', align: 'end', cell: (node) => count(node, 'from') },
    {
      id: 'finding',
      title: 'Finding',
      width: '96px',
      cell: (node) => (node.severity === undefined ? null : <SeverityMark severity={node.severity} />),
    },
  ];
}

function lineColumns(names: ReadonlyMap<string, string>): readonly Column<GraphLine>[] {
  const name = (id: string) => <MiddleText text={names.get(id) ?? id} mono tail={16} />;
  return [
    { id: 'from', title: 'From', width: 'minmax(150px, 1.2fr)', cell: (line) => name(line.from) },
    { id: 'to', title: 'To', width: 'minmax(150px, 1.2fr)', cell: (line) => name(line.to) },
    { id: 'role', title: 'What', width: '72px', cell: (line) => (line.role === 'called' ? 'called' : 'led to') },
    {
      id: 'kind',
      title: 'Known by',
      width: '150px',
      cell: ({ kind }) => (
        <span className="chain-line">
          <EdgeLineMark kind={kind ?? 'initiator'} />
          {kind === undefined ? 'attribution' : EDGE_WORDS[kind]}
        </span>
      ),
    },
    { id: 'calls', title: 'Calls', width: '72px', align: 'end', cell: (line) => formatCount(line.calls) },
    { id: 'failed', title: 'Failed', width: '64px', align: 'end', cell: (line) => formatCount(line.failed) },
    { id: 'first', title: 'First (UTC)', width: '172px', cell: (line) => <TimeText time={line.firstSeen} /> },
  ];
}
