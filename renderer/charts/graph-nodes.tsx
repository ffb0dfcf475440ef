import { toVisibleText } from '#shared/lib/visible-text.ts';
import { formatCount, formatPlural } from '../widgets/format.ts';
import { KindShape } from '../widgets/kind-mark.tsx';
import { nodeCounts, type GraphModel, type GraphNode } from './graph-model.ts';
import type { GraphFocus } from './graph-steps.ts';
import { NODE_HEIGHT, type NodeBox } from './node-box.ts';

interface GraphNodesProps {
  readonly model: GraphModel;
  readonly places: ReadonlyMap<string, { readonly x: number; readonly y: number }>;
  readonly boxes: ReadonlyMap<string, NodeBox>;
  /** What stays in full ink; everything when nothing is chosen. */
  readonly path: ReadonlySet<string> | undefined;
  readonly chosen: string | undefined;
  readonly focus: GraphFocus | undefined;
  readonly onNode: (id: string) => void;
  readonly onOpen: (id: string) => void;
}

/** The nodes of a chain graph: caller's shape, method, template, count when folded, a mark when a finding names it. */
export function GraphNodes({ model, places, boxes, path, chosen, focus, onNode, onOpen }: GraphNodesProps) {
  return model.nodes.map((node) => {
    const place = places.get(node.id);
    const box = boxes.get(node.id);
    if (place === undefined || box === undefined) return null;
    const { failed, findings } = nodeCounts(node);
    const kind = node.calls[0]?.kind ?? 'unknown';
    const classes = ['node', failed === node.calls.length ? 'failed' : '', node.id === chosen ? 'chosen' : '', path !== undefined && !path.has(node.id) ? 'recede' : ''];
    return (
      <g
        key={node.id}
        className={classes.filter((name) => name !== '').join(' ')}
        transform={`translate(${String(place.x - box.width / 2)} ${String(place.y - NODE_HEIGHT / 2)})`}
        role="button"
        aria-label={describeNode(node, model)}
        aria-pressed={node.id === chosen}
        tabIndex={focus?.id === node.id ? 0 : -1}
        data-focus={node.id}
        onClick={() => { onNode(node.id); }}
      >
        <title>{describeNode(node, model)}</title>
        {node.calls.length > 1 ? <rect x={3} y={3} width={box.width} height={NODE_HEIGHT} rx={4} className="node-stack" /> : null}
        <rect width={box.width} height={NODE_HEIGHT} rx={4} className="node-box" />
        <g transform="translate(8 6)"><KindShape kind={kind} /></g>
        <text x={box.methodAt} y={16} className="node-method">{toVisibleText(node.method)}</text>
        {box.host === '' ? null : <text x={box.hostAt} y={16} className="node-host">{toVisibleText(box.host)}</text>}
        <text x={box.templateAt} y={16} className="node-template">{toVisibleText(box.template)}</text>
        {box.count === '' ? null : (
          <text x={box.countAt} y={16} className="node-count" onClick={(event) => {
            if (!node.opens) return;
            event.stopPropagation();
            onOpen(node.id);
          }}>
            <title>Take these {formatCount(node.calls.length)} calls apart (E)</title>
            {box.count}
          </text>
        )}
        {findings === 0 ? null : <path d="M6 .8 11.6 11H.4z" transform={`translate(${String(box.markAt)} 6)`} className="severity-fill severity-high" />}
      </g>
    );
  });
}

/** A node in words, as a screen reader says it and a tooltip shows it. */
export function describeNode(node: GraphNode, model: GraphModel): string {
  const { failed, findings } = nodeCounts(node);
  const out = model.edges.filter((edge) => edge.from === node.id).length;
  const first = node.calls[0];
  const caller = first?.principalLabel === undefined ? '' : `${first.kind ?? 'unknown'} ${first.principalLabel}`;
  const parts = [
    `${node.method} ${node.host}${node.template}`.trim(),
    caller,
    node.calls.length > 1 ? `${formatCount(node.calls.length)} calls, ${formatCount(failed)} failed` : first?.status === undefined ? '' : `status ${String(first.status)}`,
    `${formatCount(out)} outgoing`,
    findings > 0 ? `${formatPlural(findings, 'call')} in findings` : '',
    node.opens ? 'E takes it apart' : '',
  ];
  return toVisibleText(parts.filter((part) => part !== '').join(', '));
}
