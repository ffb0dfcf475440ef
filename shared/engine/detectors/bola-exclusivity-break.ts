import { greatest } from '../../lib/extremes.ts';
import { numberAt } from '../../lib/numbers.ts';
import { median } from '../../lib/stats.ts';
import type { SqlDriver } from '../store/driver.ts';
import { changingEndpoints } from '../store/read/changing-endpoints.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { GRAPH_LINKS } from './exhibits/few.ts';
import type { ExhibitDraft } from './exhibits/name-calls.ts';
import { objectRanges, readTouches, type Touches } from './objects/read-touches.ts';
import { callerOf, readCallers, type Caller } from './rows/callers.ts';
import { missingCallers, missingTimes, whatOf } from './signals/read-signals.ts';
import { likeness, repertoireReader, shareApart } from './signals/same-work.ts';
import { countOf, listOf, plural } from './spoken.ts';

/** Touches by one caller that make an object its own, and in so many hours. Source: detection 3. */
const OWN_TOUCHES = 3;
const OWN_HOURS = 2;
const HOUR = 3_600_000_000;
/** Objects of others that one caller reads, of so many owners. */
const MIN_OBJECTS = 3;
const MIN_OWNERS = 2;
/** Owners that a collection needs before anything in it can be called private. */
const MIN_COLLECTION_OWNERS = 8;
/** Share of programs among a collection's users from which on it is an interface for partners' programs. */
const MOSTLY_PROGRAMS = 0.8;
/** Share of the often used objects that have a single user: below it sharing is how the collection is used. */
const MIN_EXCLUSIVE = 0.9;
/** The visitor’s work is like that of the middle one of those whose objects it read; less is another trade, such as helping customers. See `likeness`. */
const SAME_TRADE = 0.3;
/** Share of the visitor’s calls that go where hardly an owner ever was, from which on his is another trade. See `shareApart`. */
const OTHER_TRADE = 0.5;
/** Share of the owners who may do the same before it is how people use it. */
const MAX_VISITORS = 0.05;

interface Visit {
  readonly collection: number;
  readonly visitor: number;
  readonly owner: number;
  readonly endpoint: number;
  /** Of the visitor's first read. Units: µs. */
  readonly time: number;
  /** The owner's first use. */
  readonly ownCall: number;
  /** Answered reads of the object by the visitor, in time order. */
  readonly calls: readonly number[];
}

interface Collection {
  /** Objects that are often used, and those of them that one caller alone uses or all but alone. */
  often: number;
  exclusive: number;
  readonly owners: Map<number, number>;
}

interface User {
  readonly principal: number;
  /** Answered calls that changed the object. */
  writes: number;
  readonly calls: number[];
  /** Of the first call. Units: µs. */
  readonly time: number;
  readonly hours: Set<number>;
  answered: number;
}

/** Who used one object; callers that were only refused count as none. */
function usersOf(touches: Touches, from: number, to: number, changing: ReadonlySet<number>): readonly User[] {
  const users = new Map<number, User>();
  for (let at = from; at < to; at += 1) {
    const status = numberAt(touches.status, at);
    if (status >= 300 && status !== 304) continue;
    const principal = numberAt(touches.principal, at);
    const user = users.get(principal) ?? {
      principal,
      calls: [],
      time: numberAt(touches.time, at),
      hours: new Set<number>(),
      answered: 0,
      writes: 0,
    };
    users.set(principal, user);
    user.calls.push(numberAt(touches.call, at));
    user.hours.add(Math.floor(numberAt(touches.time, at) / HOUR));
    user.answered += 1;
    if (changing.has(numberAt(touches.endpoint, at))) user.writes += 1;
  }
  return [...users.values()];
}

const isResident = ({ answered, hours }: User): boolean => answered >= OWN_TOUCHES && hours.size >= OWN_HOURS;

/**
 * Programs that have objects of their own in collections whose users are nearly all programs, as partners are in an interface for partners: an object is
 * the program's that alone changes it. One that changes nothing there goes through everybody's things, and says nothing about whose they are.
 */
async function readPartners(
  touches: Touches,
  services: ReadonlySet<number>,
  changing: ReadonlySet<number>,
  breathe: () => Promise<void>,
): Promise<ReadonlyMap<number, ReadonlySet<number>>> {
  const partners = new Map<number, Set<number>>();
  const everybody = new Map<number, Set<number>>();
  let done = 0;
  for (const { from, to } of objectRanges(touches)) {
    done += 1;
    if (done % 5_000 === 0) await breathe();
    const number = numberAt(touches.collection, from);
    const users = usersOf(touches, from, to, changing);
    const known = everybody.get(number) ?? new Set<number>();
    everybody.set(number, known);
    for (const { principal } of users) known.add(principal);
    const writers = users.filter(({ writes }) => writes > 0);
    const [writer] = writers;
    if (writer === undefined || writers.length > 1) continue;
    partners.set(number, (partners.get(number) ?? new Set<number>()).add(writer.principal));
  }
  const isOfPrograms = (number: number): boolean => {
    const all = [...(everybody.get(number) ?? [])];
    return all.filter((principal) => services.has(principal)).length >= MOSTLY_PROGRAMS * all.length;
  };
  return new Map([...partners].filter(([number]) => isOfPrograms(number)));
}

/** One walk over the objects: whose they are, and who came once. Memory: the visits, and a number for each owner. */
async function readVisits(touches: Touches, services: ReadonlySet<number>, changing: ReadonlySet<number>, breathe: () => Promise<void>) {
  const collections = new Map<number, Collection>();
  const visits: Visit[] = [];
  const partners = await readPartners(touches, services, changing, breathe);
  let done = 0;
  for (const { from, to } of objectRanges(touches)) {
    done += 1;
    if (done % 5_000 === 0) await breathe();
    const number = numberAt(touches.collection, from);
    const ofPartners = partners.get(number);
    if (ofPartners === undefined && to - from < OWN_TOUCHES) continue;
    // Programs of the estate go through everybody's things, and say nothing about whose they are.
    const users = usersOf(touches, from, to, changing).filter(({ principal }) => ofPartners?.has(principal) ?? !services.has(principal));
    const isOwner = ofPartners === undefined ? isResident : ({ writes }: User) => writes > 0;
    const residents = users.filter(isOwner);
    if (residents.length === 0) continue;
    const collection = collections.get(number) ?? { often: 0, exclusive: 0, owners: new Map<number, number>() };
    collections.set(number, collection);
    collection.often += 1;
    const [owner] = residents;
    if (residents.length > 1 || owner === undefined || users.length > 2) continue;
    collection.exclusive += 1;
    collection.owners.set(owner.principal, (collection.owners.get(owner.principal) ?? 0) + 1);
    const visitor = users.find(({ principal }) => principal !== owner.principal);
    if (visitor === undefined) continue;
    visits.push({
      collection: number,
      visitor: visitor.principal,
      owner: owner.principal,
      endpoint: numberAt(touches.endpoint, from),
      time: visitor.time,
      ownCall: owner.calls[0] ?? 0,
      calls: visitor.calls,
    });
  }
  return { collections, visits: visits.sort((a, b) => a.time - b.time || a.owner - b.owner) };
}

interface Break {
  readonly visitor: Caller;
  readonly collection: string;
  readonly visits: readonly Visit[];
  readonly owners: readonly Caller[];
  readonly known: Collection;
  readonly sensitivity: number;
}

/**
 * Whether a visitor does what those do whose objects it came for, and what most who have objects there do; of callers whose work the baseline does not
 * tell it is taken for granted.
 */
function tradesOf(db: SqlDriver): (visitor: number, visited: Iterable<number>, owners: Iterable<number>) => boolean {
  const workOf = repertoireReader(db);
  const worksOf = (visitor: number, callers: Iterable<number>) =>
    [...callers].flatMap((caller) => (caller === visitor ? [] : [workOf(caller)])).filter((work) => work.size > 0);
  return (visitor, visited, owners) => {
    const own = workOf(visitor);
    const others = worksOf(visitor, visited);
    if (own.size === 0 || others.length === 0) return true;
    return median(others.map((work) => likeness(own, work))) >= SAME_TRADE && shareApart(own, worksOf(visitor, owners)) < OTHER_TRADE;
  };
}

function findBreaks(db: SqlDriver, touches: Touches, read: Awaited<ReturnType<typeof readVisits>>, callers: ReadonlyMap<number, Caller>): readonly Break[] {
  const sensitivity = db.prepare('SELECT sensitivity FROM endpoint WHERE id = ?');
  const isSameTrade = tradesOf(db);
  const groups = new Map<string, Visit[]>();
  for (const visit of read.visits) {
    const key = `${String(visit.collection)} ${String(visit.visitor)}`;
    groups.set(key, [...(groups.get(key) ?? []), visit]);
  }
  const isBreak = (visits: readonly Visit[]): boolean => visits.length >= MIN_OBJECTS && new Set(visits.map(({ owner }) => owner)).size >= MIN_OWNERS;
  const visitors = new Map<number, number>();
  for (const visits of groups.values()) if (isBreak(visits)) visitors.set(visits[0]?.collection ?? 0, (visitors.get(visits[0]?.collection ?? 0) ?? 0) + 1);
  return [...groups.values()].flatMap((visits): Break[] => {
    const [first] = visits;
    const known = first === undefined ? undefined : read.collections.get(first.collection);
    if (first === undefined || known === undefined || !isBreak(visits)) return [];
    if ((visitors.get(first.collection) ?? 0) > Math.max(1, MAX_VISITORS * known.owners.size)) return [];
    const isPrivate = known.owners.size >= MIN_COLLECTION_OWNERS && known.exclusive >= MIN_EXCLUSIVE * known.often;
    // One of those who have things of their own there: who has none is an employee, and these objects are his work. An employee who came back to
    // some has things of his own like his colleagues, but does not do what the customers do whose things they are.
    const isPeer = isPrivate && known.owners.has(first.visitor) && isSameTrade(first.visitor, new Set(visits.map(({ owner }) => owner)), known.owners.keys());
    if (!isPeer) return [];
    return [{
      visitor: callerOf(callers, first.visitor), collection: touches.collections[first.collection] ?? '', visits, known,
      owners: [...new Set(visits.map(({ owner }) => owner))].map((id) => callerOf(callers, id)),
      sensitivity: greatest(visits.map(({ endpoint }) => sensitivity.get<{ sensitivity: number }>(endpoint)?.sensitivity ?? 0)),
    }];
  });
} // prettier-ignore

/** Owners on the left with the visitor last, objects on the right. */
function graphOf(db: SqlDriver, { visitor, visits, owners }: Break): ExhibitDraft {
  const shown = visits.slice(0, GRAPH_LINKS / 2);
  const path = db.prepare('SELECT path FROM call WHERE id = ?');
  const left = [...owners.filter(({ id }) => shown.some(({ owner }) => owner === id)), visitor];
  return {
    kind: 'bipartite',
    title: 'Whose objects they are, and who came',
    left: left.map(({ label }) => label),
    right: shown.map(({ calls }) => path.get<{ path: string | null }>(calls[0] ?? 0)?.path ?? ''),
    links: shown.flatMap((visit, index) => [
      { at: visit.ownCall, from: left.findIndex(({ id }) => id === visit.owner), to: index, tone: 'plain' as const },
      { at: visit.calls[0] ?? 0, from: left.length - 1, to: index, tone: 'grave' as const },
    ]),
    omitted: visits.length - shown.length,
  };
}

function toDraft(db: SqlDriver, found: Break): FindingDraft {
  const { visitor, collection, visits, owners, known, sensitivity } = found;
  const time = db.prepare('SELECT time FROM call WHERE id = ?');
  const timeOf = (id: number): number => time.get<{ time: number | null }>(id)?.time ?? Infinity;
  const calls = [...new Set(visits.flatMap((visit) => visit.calls))].sort((a, b) => timeOf(a) - timeOf(b) || a - b);
  return {
    subject: `${visitor.key} ${collection}`,
    title: `${visitor.label} read ${plural(visits.length, 'object')} of ${collection} that ${plural(owners.length, 'other principal')} alone ${owners.length === 1 ? 'uses' : 'use'}`,
    severity: { base: 'high', steps: sensitivity >= 3 ? [{ by: 1, why: 'the objects hold data of the most sensitive class' }] : [] },
    confidence: 'inferred',
    score: Math.min(1, 0.5 + visits.length / 200),
    principals: [visitor.id],
    ...whatOf(db, calls),
    crossedAt: calls[MIN_OBJECTS - 1],
    observed: { objectsOfOthers: visits.length, owners: owners.length, ownersNamed: owners.slice(0, 10).map(({ label }) => label), calls: calls.length },
    expected: { ownersInCollection: known.owners.size, objectsWithOneUser: `${countOf(known.exclusive)} of ${countOf(known.often)}`, ownObjectsOfVisitor: known.owners.get(visitor.id) ?? 0 },
    benignTested: [
      { explanation: 'an employee or a program whose work are these objects', result: 'not supported: the principal has objects of its own among them, as customers do' },
      { explanation: 'objects are shared within teams', result: `not supported: ${countOf(known.exclusive)} of ${countOf(known.often)} often used objects have one user` },
      { explanation: 'objects were handed over', result: `not supported: ${plural(owners.length, 'owner')} at once (${listOf(owners.map(({ label }) => label), 3)})` },
    ],
    remediation: ['Check on each endpoint of this collection that the principal may see this very object.', 'Tell the owners what was read.'],
    exhibits: [graphOf(db, found)],
  };
} // prettier-ignore

/** Flags a caller that reads objects which others alone had used, in a collection where that does not happen. */
export const bolaExclusivityBreak: Detector = {
  id: 'bola-exclusivity-break',
  version: 4,
  title: 'Other people’s private objects',
  question: 'Did anyone touch objects that had been used by one other principal alone?',
  about: {
    catches: 'One principal that reads objects which, in this evidence, one other principal alone had used again and again: the private objects of several people, told from behaviour alone.',
    inputs: ['calls with a known principal and a path template, over several sessions', 'answers with a status, to tell what was read from what was refused'],
    falsePositives: ['objects that were handed over or are shared within a team', 'ids that are used anew for other objects', 'an employee or a program whose work are these objects'],
  },
  family: 'incident',
  joinsOthers: true,
  needs: ['chains', 'baseline'],
  reads: ['caller', 'time', 'status'],
  maps: { owaspApi: ['API1:2023'], owaspLlm: [], owaspAgentic: ['ASI03'], attack: ['T1078', 'T1213'], atlas: ['AML.T0036'], cwe: ['CWE-639'] },
  settings: [
    { name: 'ownTouches', value: OWN_TOUCHES, why: 'who comes back three times in two different hours has it as its own' },
    { name: 'minObjects', value: MIN_OBJECTS, why: 'one wrong number happens; three of two owners do not' },
    { name: 'minCollectionOwners', value: MIN_COLLECTION_OWNERS, why: 'with fewer owners nothing can be said about how the collection is used' },
    { name: 'minExclusive', value: MIN_EXCLUSIVE, why: 'where one in ten objects has several users, sharing is how it is used' },
    { name: 'sameTrade', value: SAME_TRADE, why: 'whose work is less like that of most whose objects he read has another trade, such as helping customers' },
    { name: 'otherTrade', value: OTHER_TRADE, why: 'who mostly works where hardly an owner ever was, such as on tickets and reports, is no owner among owners' },
    { name: 'maxVisitors', value: MAX_VISITORS, why: 'what one in twenty owners does is how people use it' },
  ],
  async run(db, breathe) {
    const missing = missingCallers(db) ?? missingTimes(db);
    if (missing !== undefined) return { kind: 'not-evaluable', reason: missing };
    const callers = readCallers(db);
    const touches = await readTouches(db, 'last', breathe);
    const services = new Set([...callers.values()].filter(({ kind }) => kind === 'service').map(({ id }) => id));
    const read = await readVisits(touches, services, changingEndpoints(db), breathe);
    if (![...read.collections.values()].some(({ owners }) => owners.size >= MIN_COLLECTION_OWNERS))
      return { kind: 'not-evaluable', reason: `no collection has ${String(MIN_COLLECTION_OWNERS)} principals who come back to objects of their own` };
    return { kind: 'evaluated', findings: findBreaks(db, touches, read, callers).map((found) => toDraft(db, found)) };
  },
}; // prettier-ignore
