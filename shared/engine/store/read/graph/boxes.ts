import type { GraphGrouping, GraphNode } from '../../../../contract/graph.ts';
import type { PrincipalKind } from '../../../../contract/report-json.ts';
import { operationOfEndpoint, printPlace } from '../../../../model/inner-operation.ts';
import { toLayer } from '../../../../model/graph-layer.ts';
import { toClause } from '../../../../query/edit.ts';
import type { SqlDriver } from '../../driver.ts';

/** Most boxes that a person can take in; above, operations stand for their host. Source: ux.md 2.10. */
const SOFT_CAP = 120;
/** Most boxes that are drawn at all. */
const HARD_CAP = 400;

/** A caller or an endpoint among the calls that fit. */
export interface Member {
  readonly id: number;
  readonly calls: number;
  /** Named by a finding of an incident. */
  readonly isNamed: boolean;
}

/** A box before its calls are counted. */
export type Box = Omit<GraphNode, 'calls' | 'failed' | 'severity'>;

/** Which box every caller and every endpoint belongs to, by row id. */
export interface Boxes {
  readonly boxes: readonly Box[];
  readonly ofPrincipal: ReadonlyMap<number, number>;
  readonly ofEndpoint: ReadonlyMap<number, number>;
  readonly grouping: GraphGrouping;
  readonly ungrouped: number;
}

interface EndpointRow {
  readonly id: number;
  readonly key: string;
  readonly method: string;
  readonly host: string;
  readonly template: string;
}

interface PrincipalRow {
  readonly id: number;
  readonly key: string;
  readonly label: string;
  readonly kind: PrincipalKind;
}

/** What the analyst asked for. */
export interface BoxRequest {
  readonly grouping: GraphGrouping | 'auto';
  /** Hosts that stand open: each of their operations is a box. */
  readonly open: readonly string[];
}

/** The most urgent first, then the busiest, then by id, so that the same case gives the same boxes. */
const byWeight = (a: Member, b: Member): number => Number(b.isNamed) - Number(a.isNamed) || b.calls - a.calls || a.id - b.id;

/** Puts the callers and endpoints of the calls that fit into boxes, as many as can be read; what findings name stays by itself. */
export function toBoxes(db: SqlDriver, principals: readonly Member[], endpoints: readonly Member[], request: BoxRequest): Boxes {
  const ungrouped = principals.length + endpoints.length;
  const grouping = request.grouping !== 'auto' ? request.grouping : ungrouped <= SOFT_CAP ? 'operation' : 'host';
  const most = grouping === 'host' ? SOFT_CAP : HARD_CAP;
  const made = boxMaker();
  const ofPrincipal = placePrincipals(db, principals, Math.floor(most / 3), made);
  const ofEndpoint = placeEndpoints(db, endpoints, { grouping, open: new Set(request.open), most }, made);
  return { boxes: made.list(), ofPrincipal, ofEndpoint, grouping, ungrouped };
}

interface BoxMaker {
  readonly put: (box: Omit<Box, 'members'>) => number;
  readonly count: () => number;
  readonly list: () => readonly Box[];
}

/** Collects boxes; one that is put in again gains a member, and only a box of one finds its calls by the clause of that one. */
function boxMaker(): BoxMaker {
  const boxes: { box: Omit<Box, 'members'>; members: number }[] = [];
  const numbers = new Map<string, number>();
  return {
    put(box) {
      const known = numbers.get(box.id);
      const old = known === undefined ? undefined : boxes[known];
      if (known !== undefined && old !== undefined) {
        old.members += 1;
        return known;
      }
      numbers.set(box.id, boxes.length);
      boxes.push({ box, members: 1 });
      return boxes.length - 1;
    },
    count: () => boxes.length,
    list: () => boxes.map(({ box, members }) => ({ ...box, members })),
  };
}

function placePrincipals(db: SqlDriver, principals: readonly Member[], most: number, made: BoxMaker): ReadonlyMap<number, number> {
  const select = db.prepare('SELECT id, key, label, kind FROM principal WHERE id = ?');
  const places = new Map<number, number>();
  for (const [index, { id }] of [...principals].sort(byWeight).entries()) {
    const row = id === 0 ? undefined : select.get<PrincipalRow>(id);
    const isRest = index >= most && principals.length > most + 1;
    places.set(
      id,
      made.put(
        isRest
          ? { id: 'other:caller', layer: 'caller', label: 'other principals' }
          : row === undefined
            ? { id: 'caller:', layer: 'caller', label: 'principal not known', kind: 'unknown', clause: '-principal:*' }
            : { id: `caller:${row.key}`, layer: 'caller', label: row.label, kind: row.kind, clause: toClause('principal', row.key) },
      ),
    );
  }
  return places;
}

interface Placing {
  readonly grouping: GraphGrouping;
  readonly open: ReadonlySet<string>;
  readonly most: number;
}

function placeEndpoints(db: SqlDriver, endpoints: readonly Member[], placing: Placing, made: BoxMaker): ReadonlyMap<number, number> {
  const select = db.prepare('SELECT id, key, method, host, template FROM endpoint WHERE id = ?');
  const places = new Map<number, number>();
  for (const member of [...endpoints].sort(byWeight)) {
    const row = member.id === 0 ? undefined : select.get<EndpointRow>(member.id);
    if (row === undefined) {
      places.set(member.id, made.put({ id: 'operation:', layer: 'operation', label: 'no endpoint', clause: '-endpoint:*' }));
      continue;
    }
    const layer = toLayer(row.template, operationOfEndpoint(row));
    const alone = placing.grouping === 'operation' || layer !== 'operation' || member.isNamed || placing.open.has(row.host);
    const box = alone && made.count() < placing.most - 1 ? ownBox(row, layer) : hostBox(row);
    const isFull = made.count() >= HARD_CAP - 1;
    places.set(member.id, made.put(isFull ? { id: 'other:operation', layer: 'operation', label: 'other endpoints' } : box));
  }
  return places;
}

const ownBox = (row: EndpointRow, layer: Box['layer']): Omit<Box, 'members'> => ({
  id: `operation:${row.key}`,
  layer,
  label: layer === 'tool' ? (operationOfEndpoint(row) ?? row.template) : `${row.method} ${printPlace(row)}`,
  host: row.host,
  clause: toClause('endpoint', row.key),
});

const hostBox = (row: EndpointRow): Omit<Box, 'members'> => ({
  id: `host:${row.host}`,
  layer: 'operation',
  label: row.host === '' ? 'no host named' : row.host,
  host: row.host,
});
