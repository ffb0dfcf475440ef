import { toVisibleText } from '#shared/lib/visible-text.ts';
import type { PrivilegeScope } from '#shared/contract/privilege.ts';
import { matching, matchingAny } from '../../../query/queries.ts';
import { MaybeLink } from '../../../state/picture-link.tsx';
import { toCalls } from '../../../state/places.ts';
import type { Place } from '../../../state/url.ts';
import { formatCount } from '../../../widgets/format.ts';
import { cutNearEnd } from '../../../widgets/middle-cut.ts';
import { layReach, MAX_DRAWN } from './reach-layout.ts';

/** Units: CSS px. */
const WIDTH = 520;
const NODE = 24;
const CALLER = 110;
const SCOPE_AT = 160;
const SCOPE_WIDTH = 190;
const BAR_AT = SCOPE_AT + SCOPE_WIDTH + 12;
const BAR_WIDTH = 100;
/** Letters that a scope's box has room for. */
const LETTERS = 26;

interface ReachGraphProps {
  readonly principal: string;
  readonly label: string;
  readonly scopes: readonly PrivilegeScope[];
}

/** Its calls of the operations that a scope was used for; absent where it was used for none. */
function placeOf(principal: string, endpoints: readonly string[]): Partial<Place> | undefined {
  return endpoints.length === 0 ? undefined : toCalls(`${matching('principal', principal)} and ${matchingAny('endpoint', endpoints)}`);
}

/** The caller, a line to every scope that it holds, and the operations that the scope opens: full where they were used, hollow where never. */
export function ReachGraph({ principal, label, scopes }: ReachGraphProps) {
  const { nodes, height } = layReach(scopes, BAR_WIDTH);
  const middle = height / 2;
  return (
    <figure className="priv-graph">
      <svg
        viewBox={`0 0 ${String(WIDTH)} ${String(height)}`}
        role="group"
        aria-label={`Scopes of ${toVisibleText(label)}, used and unused; the table below holds the same`}
      >
        <rect x={1} y={middle - NODE / 2} width={CALLER} height={NODE} rx={4} className="priv-node" />
        <text x={8} y={middle + 4} className="priv-label">
          {cut(label, 16)}
        </text>
        {nodes.map((node) => (
          <g key={node.scope} className={`priv-${node.use}`}>
            <MaybeLink to={placeOf(principal, node.endpoints)}>
              <title>{`${toVisibleText(node.scope)}: ${formatCount(node.usedCount)} of ${formatCount(node.reaches)} endpoints used`}</title>
              <path
                className="priv-line"
                d={`M${String(CALLER + 1)} ${String(middle)} C${String(CALLER + 26)} ${String(middle)} ${String(SCOPE_AT - 26)} ${String(node.y)} ${String(SCOPE_AT)} ${String(node.y)}`}
              />
              <rect x={SCOPE_AT} y={node.y - NODE / 2} width={SCOPE_WIDTH} height={NODE} rx={4} className="priv-node" />
              <text x={SCOPE_AT + 8} y={node.y + 4} className="priv-label mono">
                {cut(node.scope, LETTERS)}
              </text>
              <rect x={BAR_AT} y={node.y - 6} width={Math.max(1, node.reach)} height={12} className="priv-reach" />
              <rect x={BAR_AT} y={node.y - 6} width={node.used} height={12} className="priv-bar" />
              <text x={BAR_AT + node.reach + 6} y={node.y + 4} className="priv-count">
                {formatCount(node.usedCount)}/{formatCount(node.reaches)}
              </text>
            </MaybeLink>
          </g>
        ))}
      </svg>
      <figcaption className="muted">
        {scopes.length > MAX_DRAWN ? `${formatCount(MAX_DRAWN)} of ${formatCount(scopes.length)} scopes; ` : ''}full: endpoints called in
        the window, hollow: open and never called, dashed: scope never used, thick: used in incidents only.
      </figcaption>
    </figure>
  );
}

/** A text with its middle elided where it has no room. */
function cut(text: string, letters: number): string {
  const visible = toVisibleText(text);
  if ([...visible].length <= letters) return visible;
  const [head, tail] = cutNearEnd(visible, Math.floor(letters / 2));
  return `${[...head].slice(0, letters - [...tail].length - 1).join('')}…${tail}`;
}
