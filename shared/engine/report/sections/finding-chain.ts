import type { EdgeJson, FindingJson } from '../../../contract/report-json.ts';
import type { Block, Cell, FigureEdge } from '../blocks.ts';
import { findingPicture, mainChain } from '../finding-picture.ts';
import type { ReportView } from '../section.ts';
import { sourceRefs } from '../source-refs.ts';
import { code, count, link, plural, sentence, text } from '../text.ts';

/** Links of one card told record by record. */
export const EDGE_ROWS = 8;

const edgeItem = (edge: EdgeJson, refCell: (ref: string) => Cell): Cell =>
  sentence(
    refCell(edge.from),
    ' → ',
    refCell(edge.to),
    `: ${edge.kind}`,
    edge.fromAt === undefined ? '' : sentence(', ', code(edge.fromAt), ' → ', code(edge.toAt ?? '')),
    `, confidence ${String(Math.round(edge.confidence * 100))} %`,
  );

const STYLE_WORDS: Readonly<Record<FigureEdge['style'], string>> = {
  proved: 'proved:',
  value: 'same value:',
  plain: 'named:',
  inferred: 'inferred:',
  adjacent: 'order only:',
};

/** The picture in words: its boxes with their hosts, each with the boxes that led to it. */
function pictureAsList(picture: Extract<Block, { kind: 'chain' }>, anchor: string): readonly Block[] {
  const hostOf = (x: number): string => picture.lanes.find((lane) => x >= lane.x && x < lane.x + lane.width)?.label ?? '';
  const items = picture.nodes.map((node, index) => {
    const causes = picture.edges
      .filter(({ to }) => to === index)
      .flatMap((edge, at): Cell => [
        text(`${at === 0 ? ' · from ' : ', '}${String(edge.from + 1)} (${STYLE_WORDS[edge.style]} `),
        code(edge.label),
        text(')'),
      ]);
    return sentence(code(node.label), ' on ', code(hostOf(node.x)), ` · ${node.detail.replace(/^\d+ · /, '')}`, causes);
  });
  return [
    { kind: 'heading', level: 4, id: `${anchor}-steps`, text: 'The same as a list: each step, and the steps that led to it' },
    { kind: 'list', ordered: true, columns: 2, items },
  ];
}

/**
 * The chain behind a finding: its picture, the same as lists, and the strongest links record by record.
 * Shape: `shown` holds the anchors of findings whose chain has been drawn, by chain, and is added to.
 */
export function chainBlocks(view: ReportView, finding: FindingJson, anchor: string, shown: Map<string, string>): readonly Block[] {
  const picture = findingPicture(view, finding);
  const chain = mainChain(view, finding);
  if (picture === undefined || chain === undefined) return [];
  const earlier = shown.get(chain.id);
  if (earlier !== undefined)
    return [
      { kind: 'paragraph', inlines: sentence('Its chain is drawn with ', link(earlier, `finding ${earlier.replace(/^\D+/, '')}`), '.') },
    ];
  shown.set(chain.id, anchor);
  const refCell = sourceRefs(view);
  const evidence = new Set(finding.calls);
  // The links between calls of the evidence first: they make the claim.
  const inEvidence = (edge: EdgeJson): number => Number(evidence.has(edge.from)) + Number(evidence.has(edge.to));
  const edges = chain.edges.toSorted((a, b) => inEvidence(b) - inEvidence(a)).slice(0, EDGE_ROWS);
  return [
    picture,
    ...pictureAsList(picture, anchor),
    ...(edges.length === 0
      ? []
      : ([
          {
            kind: 'heading',
            level: 4,
            id: `${anchor}-links`,
            text: `Record by record: ${count(edges.length)} of ${plural(chain.edges.length, 'link')}; report.json has all`,
          },
          { kind: 'list', ordered: true, items: edges.map((edge) => edgeItem(edge, refCell)) },
        ] as const)),
  ];
}
