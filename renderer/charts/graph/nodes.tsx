import { toVisibleText } from '#shared/lib/visible-text.ts';
import { formatCount, formatPlural } from '../../widgets/format.ts';
import { KindShape } from '../../widgets/kind-mark.tsx';
import { SeverityShape, worstSeverity } from '../../widgets/severity-mark.tsx';
import { callsIn, nodeCounts, type GraphModel, type GraphNode } from './model.ts';
import type { GraphFocus } from './steps.ts';
import type { NodeBox } from './node-box.ts';

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
    const { failed } = nodeCounts(node);
    const severity = worstSeverity(callsIn(node));
    const kind = node.calls[0]?.kind ?? 'unknown';
    const words = describeNode(node, model, box);
    const classes = [
      'node',
      failed === callsIn(node).length ? 'failed' : '',
      node.id === chosen ? 'chosen' : '',
      path !== undefined && !path.has(node.id) ? 'recede' : '',
    ];
    return (
      <g
        key={node.id}
        className={classes.filter((name) => name !== '').join(' ')}
        transform={`translate(${String(place.x - box.width / 2)} ${String(place.y - box.height / 2)})`}
        role="button"
        aria-label={words}
        aria-pressed={node.id === chosen}
        tabIndex={focus?.id === node.id ? 0 : -1}
        data-focus={node.id}
        onClick={() => {
          onNode(node.id);
        }}
      >
        <title>{words}</title>
        {box.count === '' ? null : <rect x={3} y={3} width={box.width} height={box.height} rx={4} className="node-stack" />}
        <rect width={box.width} height={box.height} rx={4} className="node-box" />
        <g transform="translate(8 6)">
          <KindShape kind={kind} />
        </g>
        {/* One text, so that what is read out begins with what is seen; the count stands last, it is the first to be cut off at the edge. */}
        <text y={16}>
          <tspan x={box.methodAt} className="node-method">
            {toVisibleText(node.method)}
          </tspan>{' '}
          <tspan x={box.templateAt} className="node-template">
            {toVisibleText(box.template)}
          </tspan>
          {box.host === '' ? null : (
            <>
              {' '}
              <tspan x={box.methodAt} y={31} className="node-host">
                {box.host}
              </tspan>
            </>
          )}
          {box.count === '' ? null : (
            <>
              {' '}
              <tspan
                x={box.countAt}
                y={16}
                className="node-count"
                onClick={(event) => {
                  if (!node.opens && !node.isClosed) return;
                  event.stopPropagation();
                  onOpen(node.id);
                }}
              >
                {box.count}
              </tspan>
            </>
          )}
        </text>
        {severity === undefined ? null : (
          <g transform={`translate(${String(box.markAt)} 6)`}>
            <SeverityShape severity={severity} />
          </g>
        )}
      </g>
    );
  });
}

/** A node in words, as a screen reader says it and a tooltip shows it; it begins with what the node shows. */
function describeNode(node: GraphNode, model: GraphModel, box: NodeBox): string {
  const { failed, findings } = nodeCounts(node);
  const out = model.edges.filter((edge) => edge.from === node.id).length;
  const first = node.calls[0];
  const shown = [node.method, box.template, box.host, box.count].filter((part) => part !== '').join(' ');
  const parts = [
    shown,
    `${node.host}${node.template}`,
    first?.principalLabel === undefined ? '' : `${first.kind ?? 'unknown'} ${first.principalLabel}`,
    node.calls.length > 1
      ? `${formatCount(node.calls.length)} calls, ${formatCount(failed)} failed`
      : first?.status === undefined
        ? ''
        : `status ${String(first.status)}`,
    `${formatCount(out)} outgoing`,
    findings > 0 ? `${formatPlural(findings, 'call')} in findings` : '',
    node.below.length > 0 ? `with ${formatPlural(node.below.length, 'call')} that it led to` : '',
    node.opens ? 'E or a click on the count takes it apart' : node.isClosed ? 'E or a click on the count shows them' : '',
  ];
  return toVisibleText(parts.filter((part) => part !== '').join(', '));
}
