import { append } from '../../lib/append.ts';
import { greatest } from '../../lib/extremes.ts';
import { numberAt } from '../../lib/numbers.ts';
import { quantileOfSorted, sortNumbers } from '../../lib/stats.ts';
import type { PrincipalKind } from '../../contract/report-json.ts';
import type { SqlDriver } from '../store/driver.ts';
import { getMeta } from '../store/meta.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { callerOf, readCallers, type Caller } from './rows/callers.ts';
import { createOrderModel, MAX_SYMBOLS, type OrderModel } from './sequences/order-model.ts';
import { importedSessions } from './sequences/portable-order.ts';
import { listSessions, readSteps, type Session, type StepColumns } from './sequences/read-sequences.ts';
import { missingCallers, missingTimes, whatOf } from './signals/read-signals.ts';
import { countOf, plural } from './spoken.ts';

/** Sessions and steps before the incident from which an order is known. Source: detection 41. */
const MIN_SESSIONS = 20;
const MIN_TRANSITIONS = 200;
/** Share of the sessions before the incident that are less odd than one that is told. */
const LEVEL = 0.995;
/** Steps in a row whose bits are added up, beside the mean of all. */
const STRETCH = 5;
/** Sessions of one kind that an order is learnt from, and of those how many are judged by the others; more change neither. */
const MAX_LEARNT = 3_000;
const MAX_JUDGED = 1_000;
/** Steps in them, which bounds the memory of the model: four numbers for each at worst. */
const MAX_LEARNT_STEPS = 200_000;
/** Later sessions of one kind that are looked at. */
const MAX_LATER = 20_000;
/** Bits above the level: what barely passes it is the tail, not news. */
const MARGIN = 2;
/** A turn that so many callers take is a new feature. */
const NEW_WAY = 3;
/** Told of one case: who reads more has stopped reading. */
const MAX_TOLD = 5;
/** Steps of the path that are shown, around the oddest. */
const MAX_STEPS = 12;

interface Odd {
  readonly caller: Caller;
  readonly session: Session;
  readonly bits: readonly number[];
  readonly mean: number;
  readonly level: number;
  readonly sessions: number;
  /** Place of the oddest step. */
  readonly worst: number;
  /** Around the oddest: what is shown. */
  readonly shown: readonly ShownStep[];
}

/** A step of the path by its place in it. */
interface ShownStep {
  readonly at: number;
  /** The most frequent operation in its place. */
  readonly usual: number | undefined;
}

const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

/** The oddest five steps in a row, or the whole of a shorter session, in bits a step. */
function stretchOf(bits: readonly number[]): number {
  let best = 0;
  for (let from = 0; from + STRETCH <= Math.max(STRETCH, bits.length); from += 1)
    best = Math.max(best, meanOf(bits.slice(from, from + STRETCH)));
  return best;
}

/** Bits of a session as the others would have it: its own steps are taken out of the model meanwhile. */
function judged(model: OrderModel, session: Pick<Session, 'steps'>): readonly number[] {
  model.count(session.steps, -1);
  const bits = model.bits(session.steps);
  model.count(session.steps, 1);
  return bits;
}

/** The oddest step and those around it. */
function shownOf({ steps }: Session, bits: readonly number[], model: OrderModel): Pick<Odd, 'worst' | 'shown'> {
  const worst = bits.indexOf(greatest(bits));
  const from = Math.max(0, Math.min(steps.length - MAX_STEPS, worst - MAX_STEPS / 2));
  const shown = Array.from({ length: Math.min(MAX_STEPS, steps.length - from) }, (_, index) => ({ at: from + index, usual: model.usualNext(steps, from + index) }));
  return { worst, shown };
} // prettier-ignore

interface Judge {
  readonly kind: PrincipalKind;
  readonly columns: StepColumns;
  readonly callers: ReadonlyMap<number, Caller>;
  readonly symbols: number;
  readonly baselineTo: number;
  /** Steps of sessions of an imported baseline. */
  readonly imported: readonly (readonly number[])[];
  readonly breathe: () => Promise<void>;
}

/** Sessions of one kind of caller after the baseline that are odder than nearly all within it; undefined when too little is known. */
async function judgeKind({ kind, columns, callers, symbols, baselineTo, imported, breathe }: Judge): Promise<readonly Odd[] | undefined> {
  const model = createOrderModel(symbols);
  let [sessions, transitions, walked] = [0, 0, 0];
  const own = function* (): Generator<Session> {
    for (const session of listSessions(columns, (principal) => callerOf(callers, principal).kind === kind)) if (session.steps.length >= 3) yield session;
  };
  const isEarly = ({ to }: Session): boolean => numberAt(columns.time, to - 1) <= baselineTo;
  const early: Pick<Session, 'steps'>[] = [];
  for (const steps of imported) {
    sessions += 1;
    transitions += steps.length - 1;
    model.count(steps, 1);
    early.push({ steps });
  }
  for (const session of own()) {
    walked += 1;
    if (walked % 500 === 0) await breathe();
    if (!isEarly(session)) continue;
    sessions += 1;
    transitions += session.steps.length - 1;
    model.count(session.steps, 1);
    if (early.push(session) >= MAX_LEARNT || transitions >= MAX_LEARNT_STEPS) break;
  }
  if (sessions < MIN_SESSIONS || transitions < MIN_TRANSITIONS) return undefined;
  const means: number[] = [];
  const stretches: number[] = [];
  for (const session of early.slice(0, MAX_JUDGED)) {
    walked += 1;
    if (walked % 100 === 0) await breathe();
    const bits = judged(model, session);
    means.push(meanOf(bits));
    stretches.push(stretchOf(bits));
  }
  const level = quantileOfSorted(sortNumbers(means), LEVEL);
  const stretchLevel = quantileOfSorted(sortNumbers(stretches), LEVEL);
  const odd: Odd[] = [];
  let later = 0;
  for (const session of own()) {
    walked += 1;
    if (walked % 100 === 0) await breathe();
    if (isEarly(session)) continue;
    later += 1;
    if (later > MAX_LATER) break;
    const bits = model.bits(session.steps);
    const mean = meanOf(bits);
    if (mean < level + MARGIN || stretchOf(bits) < stretchLevel) continue;
    odd.push({ caller: callerOf(callers, session.principal), session, bits, mean, level, sessions, ...shownOf(session, bits, model) });
  }
  return odd;
} // prettier-ignore

/** Bits as one chance in so many: 3 bits are 1 in 8. Two figures: more would claim what no model knows. */
const oneIn = (bits: number): string => countOf(Number((2 ** bits).toPrecision(2)));

function toDraft(db: SqlDriver, odd: Odd, columns: StepColumns): FindingDraft {
  const { caller, session, bits, mean, level, sessions, worst, shown } = odd;
  const select = db.prepare('SELECT key, flags, sensitivity FROM endpoint WHERE id = ?');
  const endpoint = (id: number | undefined): { key: string; flags: string; sensitivity: number } | undefined => (id === undefined ? undefined : select.get<{ key: string; flags: string; sensitivity: number }>(id));
  const calls = Array.from({ length: session.to - session.from }, (_, index) => numberAt(columns.call, session.from + index));
  const round = (value: number): number => Math.round(value * 10) / 10;
  return {
    subject: `${caller.key} ${String(numberAt(columns.time, session.from))}`,
    title: `${caller.label} made ${plural(session.steps.length, 'step')} in an order that nobody of its kind had: each step as unlikely as 1 in ${oneIn(mean)}, where nearly all stay below 1 in ${oneIn(level)}`,
    severity: { base: 'low', steps: [] },
    confidence: 'suspected',
    score: Math.min(1, 0.1 + (mean - level) / 50),
    principals: [caller.id],
    ...whatOf(db, calls),
    crossedAt: numberAt(columns.call, session.places[worst] ?? session.from),
    observed: { steps: session.steps.length, bitsPerStep: round(mean), oddestStep: endpoint(session.steps[worst])?.key ?? '', bitsOfOddest: round(bits[worst] ?? 0) },
    expected: { bitsPerStep: `at most ${String(round(level))} in ${String(LEVEL * 100)} % of ${plural(sessions, 'session')}`, usualInItsPlace: endpoint(shown.find(({ at }) => at === worst)?.usual)?.key ?? 'nothing known' },
    benignTested: [
      { explanation: 'a new feature', result: `not supported: fewer than ${String(NEW_WAY)} principals take the oddest turn` },
      { explanation: 'a rare but rightful way', result: `weak: none of ${plural(sessions, 'session')} before took it` },
    ],
    remediation: ['Ask the owner of the principal what this run was for.'],
    exhibits: [
      {
        kind: 'ledger',
        title: 'The path, with how unlikely each step is',
        head: ['Step', 'As unlikely as 1 in', 'Usual in its place'],
        rows: shown.map(({ at, usual }) => ({
          at: numberAt(columns.call, session.places[at] ?? session.from),
          tone: at === worst ? ('seen' as const) : ('plain' as const),
          cells: [endpoint(session.steps[at])?.key ?? '', oneIn(bits[at] ?? 0), endpoint(usual)?.key ?? ''],
        })),
        omitted: Math.max(0, session.steps.length - MAX_STEPS),
      },
    ],
  };
} // prettier-ignore

/** The oddest step with the one before it. */
const turnOf = ({ session, worst }: Odd): string => `${String(session.steps[worst - 1] ?? 0)} ${String(session.steps[worst] ?? 0)}`;

/** The oddest of each caller, without those whose oddest turn others take as well, and those that touch nothing of weight. */
function worthTelling(db: SqlDriver, judged: readonly Odd[]): readonly Odd[] {
  const grave = new Set(db.prepare("SELECT id FROM endpoint WHERE flags <> '[]' OR sensitivity >= 2").all<{ id: number }>().map(({ id }) => id)); // prettier-ignore
  const takers = new Map<string, Set<number>>();
  for (const odd of judged) takers.set(turnOf(odd), (takers.get(turnOf(odd)) ?? new Set<number>()).add(odd.caller.id));
  const ordered = [...judged].sort((a, b) => b.mean - b.level - (a.mean - a.level) || (a.caller.key < b.caller.key ? -1 : 1));
  const told = new Map<number, Odd>();
  for (const odd of ordered)
    if (!told.has(odd.caller.id) && (takers.get(turnOf(odd))?.size ?? 0) < NEW_WAY && odd.session.steps.some((step) => grave.has(step)))
      told.set(odd.caller.id, odd);
  return [...told.values()].slice(0, MAX_TOLD);
}

/** Tells of sessions whose ordinary calls come in an order that is not ordinary. */
export const rareSequence: Detector = {
  id: 'rare-sequence',
  version: 3,
  title: 'Ordinary calls in a strange order',
  question: 'Did anyone make ordinary calls in an order that nobody of the kind makes them in?',
  about: {
    catches: 'Sessions whose calls are ordinary one by one, in an order in which nobody of the same kind makes them; told only beside another finding of the same principal.',
    inputs: ['sessions of principals of one kind, before and during the incident'],
    falsePositives: ['a new feature that few have used yet', 'a rare but rightful way of working'],
  },
  family: 'incident',
  joinsOthers: true,
  needsCompany: true,
  needs: ['chains', 'baseline'],
  reads: ['caller', 'time'],
  maps: { owaspApi: ['API6:2023'], owaspLlm: [], owaspAgentic: ['ASI01', 'ASI02'], attack: ['T1078'], atlas: ['AML.T0053'], cwe: ['CWE-841'] },
  settings: [
    { name: 'minSessions', value: MIN_SESSIONS, why: 'of one kind of principal; fewer show no order' },
    { name: 'minTransitions', value: MIN_TRANSITIONS, why: 'steps in them; fewer show no order' },
    { name: 'level', value: LEVEL, why: 'share of the earlier sessions, each judged by the others, that are less odd' },
    { name: 'margin', value: MARGIN, why: 'bits a step above it: what barely passes is the tail that every case has' },
    { name: 'newWay', value: NEW_WAY, why: 'principals that take the same odd turn show a new feature' },
    { name: 'maxTold', value: MAX_TOLD, why: 'a strange order is a lead; five leads are followed, fifty are not' },
  ],
  async run(db, breathe) {
    const missing = missingCallers(db) ?? missingTimes(db);
    if (missing !== undefined) return { kind: 'not-evaluable', reason: missing };
    const baselineTo = getMeta(db, 'baseline_to');
    if (baselineTo === undefined) return { kind: 'not-evaluable', reason: 'the evidence is too short for a baseline: no order is known to be usual' };
    const symbols = db.prepare('SELECT max(id) AS n FROM endpoint').get<{ n: number | null }>()?.n ?? 0;
    if (symbols > MAX_SYMBOLS) return { kind: 'not-evaluable', reason: `${plural(symbols, 'endpoint')} are more than the ${String(MAX_SYMBOLS)} whose order can be kept` };
    const columns = await readSteps(db, breathe);
    const callers = readCallers(db);
    const kinds: readonly PrincipalKind[] = ['agent', 'human', 'service', 'unknown'];
    // What the imported baseline calls and this case does not know is one symbol more.
    const imported = importedSessions(db, symbols + 1);
    const judged: Odd[] = [];
    let known = 0;
    for (const kind of kinds) {
      const odd = await judgeKind({ kind, columns, callers, symbols, baselineTo: Number(baselineTo), imported: imported(kind), breathe });
      if (odd !== undefined) known += 1;
      append(judged, odd ?? []);
    }
    if (known === 0) return { kind: 'not-evaluable', reason: `no kind of principal has ${String(MIN_SESSIONS)} sessions with ${String(MIN_TRANSITIONS)} steps before the incident` };
    return { kind: 'evaluated', findings: worthTelling(db, judged).map((odd) => toDraft(db, odd, columns)) };
  },
}; // prettier-ignore
