import { toVisibleText } from '#shared/lib/visible-text.ts';
import { callsIn, nodeCounts, nodeName, type GraphEdge, type GraphModel, type GraphNode } from '../../charts/graph/model.ts';
import { EdgeLineMark } from '../../widgets/edge/edge-line.tsx';
import { EDGE_WORDS } from '../../widgets/edge/edge-words.ts';
import { formatCount } from '../../widgets/format.ts';
import { KindMark } from '../../widgets/kind-mark.tsx';
import { MiddleText } from '../../widgets/middle-text.tsx';
import type { Column } from '../../widgets/table/virtual-table.tsx';

const count = (value: number) => formatCount(value);

/** Columns of the nodes of a picture: what each holds and what it is linked with. */
export function nodeColumns({ nodes, edges }: GraphModel): readonly Column<GraphNode>[] {
  const names = new Map(nodes.map((node) => [node.id, nodeName(node)]));
  const neighbours = new Map<string, { readonly causes: string[]; readonly effects: string[] }>(
    nodes.map(({ id }) => [id, { causes: [], effects: [] }]),
  );
  for (const edge of edges) {
    neighbours.get(edge.from)?.effects.push(names.get(edge.to) ?? '');
    neighbours.get(edge.to)?.causes.push(names.get(edge.from) ?? '');
  }
  const listed = (list: readonly string[] = []): string => (list.length === 0 ? '' : `${formatCount(list.length)}: ${list.join(', ')}`);
  return [
    {
      id: 'what',
      title: 'Node',
      width: 'minmax(160px, 1.4fr)',
      cell: (node) => (
        <span className="chain-line">
          <KindMark kind={node.calls[0]?.kind ?? 'unknown'} />
          <MiddleText text={nodeName(node)} mono tail={12} />
        </span>
      ),
    },
    { id: 'host', title: 'Host', width: 'minmax(100px, 0.8fr)', cell: (node) => <MiddleText text={toVisibleText(node.host)} tail={12} /> },
    { id: 'calls', title: 'Calls', width: '56px', align: 'end', cell: (node) => count(callsIn(node).length) },
    { id: 'failed', title: 'Failed', width: '56px', align: 'end', cell: (node) => count(nodeCounts(node).failed) },
    { id: 'findings', title: 'In findings', width: '76px', align: 'end', cell: (node) => count(nodeCounts(node).findings) },
    {
      id: 'causes',
      title: 'Causes',
      width: 'minmax(110px, 1fr)',
      cell: (node) => <MiddleText text={listed(neighbours.get(node.id)?.causes)} tail={8} />,
    },
    {
      id: 'effects',
      title: 'Effects',
      width: 'minmax(110px, 1fr)',
      cell: (node) => <MiddleText text={listed(neighbours.get(node.id)?.effects)} tail={8} />,
    },
  ];
}

/** Columns of the lines of a picture: each stands for all links between two nodes. */
export function lineColumns({ nodes }: GraphModel): readonly Column<GraphEdge>[] {
  const names = new Map(nodes.map((node) => [node.id, nodeName(node)]));
  return [
    {
      id: 'kind',
      title: 'Known by',
      width: '132px',
      cell: (edge) => (
        <span className="chain-line">
          <EdgeLineMark kind={edge.kind} />
          {EDGE_WORDS[edge.kind]}
        </span>
      ),
    },
    { id: 'links', title: 'Links', width: '56px', align: 'end', cell: (edge) => count(edge.edges.length) },
    {
      id: 'sure',
      title: 'Sure',
      width: '56px',
      align: 'end',
      cell: (edge) => `${String(Math.round((edge.edges[0]?.confidence ?? 0) * 100))} %`,
    },
    {
      id: 'from',
      title: 'Cause',
      width: 'minmax(140px, 1fr)',
      cell: (edge) => <MiddleText text={names.get(edge.from) ?? ''} mono tail={16} />,
    },
    {
      id: 'to',
      title: 'Effect',
      width: 'minmax(140px, 1fr)',
      cell: (edge) => <MiddleText text={names.get(edge.to) ?? ''} mono tail={16} />,
    },
    { id: 'why', title: 'Why', width: 'minmax(160px, 1.6fr)', cell: (edge) => <MiddleText text={edge.edges[0]?.why ?? ''} tail={24} /> },
  ];
}
