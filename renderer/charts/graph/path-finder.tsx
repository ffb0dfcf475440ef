import { X } from 'lucide-react';
import { toVisibleText } from '#shared/lib/visible-text.ts';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatCount, formatPlural } from '../../widgets/format.ts';
import { IconButton } from '../../widgets/icon-button.tsx';
import { MAX_PATHS, type GraphPath, type WayGraph } from './paths.ts';

/** Two nodes between which ways are looked for; either may not be chosen yet. */
export interface PathEnds {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** What was found between two nodes. */
export interface FoundPaths {
  readonly paths: readonly GraphPath[];
  /** Its index among them; absent when times say that there is none. */
  readonly earliest: number | undefined;
}

/** How a picture tells of the ways through it. */
export interface WayWords {
  /** Finds the way that keeps the order of time; absent where times cannot tell. */
  readonly earliest: ((from: string, to: string) => GraphPath | undefined) | undefined;
  /** Says how much the weakest line of a way says. */
  readonly weakest: (strength: number) => string;
  /** Said when there is none. */
  readonly unfound: string;
  /** What a way does not prove. */
  readonly note: string | undefined;
}

interface PathFinderProps {
  readonly model: WayGraph;
  readonly words: WayWords;
  readonly ends: PathEnds;
  readonly onEnds: (ends: PathEnds) => void;
  readonly found: FoundPaths | undefined;
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
  readonly onNode: (id: string) => void;
  readonly onClose: () => void;
}

/** The ways from one node to another, as a numbered list; the chosen one is lit in the picture and told step by step. */
export function PathFinder({ model, words, ends, onEnds, found, chosen, onChoose, onNode, onClose }: PathFinderProps) {
  const path = found?.paths[chosen];
  const nodes = new Map(model.nodes.map((node) => [node.id, node]));
  const edges = new Map(model.edges.map((edge) => [edge.id, edge]));
  return (
    <section className="paths" aria-label="Ways between two nodes">
      <div className="paths-head">
        <strong>Ways between two nodes</strong>
        <IconButton icon={X} label="Close the ways" onClick={onClose} />
      </div>
      <End
        label="From"
        model={model}
        value={ends.from}
        onValue={(from) => {
          onEnds({ ...ends, from });
        }}
      />
      <End
        label="To"
        model={model}
        value={ends.to}
        onValue={(to) => {
          onEnds({ ...ends, to });
        }}
      />
      <p className="muted" role="status">
        {sayFound(ends, found, words)}
      </p>
      {words.note === undefined || found === undefined || found.paths.length === 0 ? null : <p className="muted">{words.note}</p>}
      {found === undefined || found.paths.length === 0 ? null : (
        <ol className="paths-list" aria-label="Ways">
          {found.paths.map((each, index) => (
            <li key={each.nodes.join(' ')}>
              <button
                type="button"
                className="path-choice"
                aria-pressed={index === chosen}
                onClick={() => {
                  onChoose(index);
                }}
              >
                {describe(each, index, found, words)}
              </button>
            </li>
          ))}
        </ol>
      )}
      {path === undefined ? null : (
        <ol className="paths-steps" aria-label="Steps of the chosen way">
          {path.nodes.map((id, place) => {
            const node = nodes.get(id);
            const known = place === 0 ? undefined : edges.get(path.edges[place - 1] ?? '')?.known;
            return node === undefined ? null : (
              <li key={id}>
                {known === undefined ? null : (
                  <div className="path-known muted">
                    by <EvidenceText text={known} />
                  </div>
                )}
                <button
                  type="button"
                  className="link"
                  onClick={() => {
                    onNode(id);
                  }}
                >
                  <EvidenceText text={node.name} />
                </button>
                {node.host === '' ? null : (
                  <div className="path-host faint">
                    <EvidenceText isHost text={node.host} />
                  </div>
                )}
              </li>
            );
          })}
        </ol>
      )}
    </section>
  );
}

function End({
  label,
  model,
  value,
  onValue,
}: {
  readonly label: string;
  readonly model: WayGraph;
  readonly value: string | undefined;
  readonly onValue: (id: string | undefined) => void;
}) {
  return (
    <label className="paths-end">
      {label}
      <select
        className="field"
        value={value ?? ''}
        onChange={(event) => {
          onValue(event.target.value === '' ? undefined : event.target.value);
        }}
      >
        <option value="">choose a node, or P on one</option>
        {model.nodes.map((node, index) => (
          <option key={node.id} value={node.id}>
            {index + 1}. {toVisibleText(node.name)} {toVisibleText(node.host)}
          </option>
        ))}
      </select>
    </label>
  );
}

function sayFound({ from, to }: PathEnds, found: FoundPaths | undefined, { earliest, unfound }: WayWords): string {
  if (from === undefined || to === undefined) return 'Choose where it begins and where it ends.';
  if (from === to) return 'Both ends are the same node.';
  if (found === undefined || found.paths.length === 0) return unfound;
  const all = found.paths.length >= MAX_PATHS ? `The ${formatCount(MAX_PATHS)} shortest ways` : formatPlural(found.paths.length, 'way');
  return earliest !== undefined && found.earliest === undefined
    ? `${all}; none of them keeps the order of time.`
    : found.paths.length === 1
      ? `${all}.`
      : `${all}, the shortest first.`;
}

function describe({ edges, weakest }: GraphPath, index: number, found: FoundPaths, words: WayWords): string {
  const parts = [
    formatPlural(edges.length, 'step'),
    words.weakest(weakest),
    edges.length === found.paths[0]?.edges.length ? 'shortest' : '',
    index === found.earliest ? 'earliest' : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}
