import { durationText } from '../../lib/duration.ts';
import { least } from '../../lib/extremes.ts';
import { sayStep } from '../../model/named-operation.ts';
import { withoutFingerprints } from '../intake/masking/token.ts';
import { callFlag } from '../store/call-flags.ts';
import type { SqlDriver } from '../store/driver.ts';
import { changingEndpoints } from '../store/read/changing-endpoints.ts';
import { readCommonClock } from '../store/read/clock-offsets.ts';
import type { Detector, FindingDraft, SeverityDraft } from './detector.ts';
import type { ExhibitDraft } from './exhibits/name-calls.ts';
import { worstFirst } from './flow/data-words.ts';
import { readEstate } from './flow/hosts.ts';
import { dataOn } from './flow/run-calls.ts';
import { defang } from './flow/untrusted.ts';
import { actsAfter, actsLater, AFTER, CALLS_AFTER, MAX_LATER, newLookUps, type Act, type Estate } from './injection/acts.ts';
import { carriedOut, carriedOutBy, placeOf, shortName } from './injection/called.ts';
import { readsBehind } from './injection/fetched.ts';
import { HOSTILE } from './injection/hostile-text.ts';
import type { Kept } from './injection/kept-texts.ts';
import { byHostility, findReads, isPlain, isWeak, MAX_ANSWERS, type Read } from './injection/texts-read.ts';
import { callerOf, readCallers, type Caller } from './rows/callers.ts';
import { byTime, isGiven } from './rows/page-calls.ts';
import { missingTimes, whatOf } from './signals/read-signals.ts';
import { dataOf, listOf, plural } from './spoken.ts';

/** Texts of which it is asked what was done after them; who floods a case with more has shown what it is. */
export const MAX_FOLLOWED = 300;
const QUOTED = 240;
/** Acts told one by one after the first. */
const MAX_AGAIN = 5;

interface Obeyed {
  readonly caller: Caller;
  readonly reads: readonly Read[];
  readonly kept: readonly Kept[];
  readonly acts: readonly Act[];
  /** True for texts that led to nothing, where the same reader obeyed others. */
  readonly isBesideOthers: boolean;
}

const isAllPlain = (reads: readonly Read[]): boolean => reads.every((read) => isPlain(read));

/**
 * The reading that led to an act: of those before it that name what it holds the last one, and where the text was written down the first, since all
 * later ones may only have given it back.
 */
function causeOf({ reads, kept }: Pick<Obeyed, 'reads' | 'kept'>, { call, proof }: Act): Read | undefined {
  const before = reads.filter((read) => read.call.time <= call.time).sort((a, b) => byTime(a.call, b.call));
  const naming = before.filter(({ text }) => proof !== undefined && text.toLowerCase().includes(proof.thing.toLowerCase()));
  return (naming.length > 0 ? naming : before).at(kept.length > 0 ? 0 : -1);
}

/** What was obeyed, and apart from it the texts that led to nothing: a test that was refused is no part of the attack that was not. */
function partObeyed(obeyed: Obeyed): readonly Obeyed[] {
  const { reads, acts, kept } = obeyed;
  if (kept.length > 0 || acts.length === 0) return [obeyed];
  const causes = new Set(acts.map((act) => causeOf(obeyed, act)));
  const things = acts.flatMap(({ proof }) => proof?.thing.toLowerCase() ?? []);
  const isObeyed = (read: Read): boolean => causes.has(read) || things.some((thing) => read.text.toLowerCase().includes(thing));
  const idle = reads.filter((read) => !isObeyed(read));
  return idle.length === 0
    ? [obeyed]
    : [
        { ...obeyed, reads: reads.filter(isObeyed) },
        { ...obeyed, reads: idle, acts: [], isBesideOthers: true },
      ];
}

const isRightAfter = (obeyed: Obeyed, act: Act): boolean => {
  const cause = causeOf(obeyed, act);
  return cause !== undefined && act.call.time - cause.call.time <= AFTER;
};

function severityOf(obeyed: Obeyed): SeverityDraft {
  const { reads, acts, kept } = obeyed;
  const done = acts.filter(({ call }) => isGiven(call));
  const proven = acts.filter(({ proof }) => proof !== undefined);
  const writes = proven.filter(({ isGrave, isWrite }) => isGrave || isWrite);
  const isSoon = acts.some((act) => isRightAfter(obeyed, act));
  return {
    base: 'low',
    steps: [
      ...(acts.length > 0 ? [{ by: 2, why: `${plural(acts.length, 'call')} ${isSoon ? 'right after it' : 'of a later run'} ${acts.length === 1 ? 'is' : 'are'} what it asked for, or as grave` }] : []),
      ...(acts.length === 0 && kept.length > 0 ? [{ by: 1, why: 'it was written down where a later run reads it' }] : []),
      ...(writes.length > 0 ? [{ by: 1, why: `what was sent stands in the text: ${writes[0]?.proof?.thing ?? ''}` }] : []),
      ...(acts.length > 0 && done.length === 0 ? [{ by: -1, why: 'every such call was refused' }] : []),
    ],
    cap: acts.length > 0 && proven.length === 0 ? { at: 'medium', why: 'nothing of the text stands in a call' } : isAllPlain(reads) ? { at: 'high', why: 'nothing in the text says that it is meant for a program' } : undefined,
  }; // prettier-ignore
}

/** The telling part of a text, from the sentence in which the first sign stands; unclickable. */
function quoteOf({ text, signs }: Read): string {
  const at = least(signs.map((sign) => sign.at));
  const from = Math.max(0, text.lastIndexOf('. ', at) + 1, text.lastIndexOf('\n\n', at));
  const cut = text.slice(from, from + QUOTED).replaceAll(/[\s\p{Cc}]+/gu, ' ').trim(); // prettier-ignore
  return `${from > 0 ? '… ' : ''}${defang(withoutFingerprints(cut))}${from + QUOTED < text.length ? ' …' : ''}`;
}

const actText = (db: SqlDriver, { call, proof }: Act): string =>
  defang(call.host === '' ? shortName(db, call) : sayStep(call.method, `https://${call.host}${call.path}`)) +
  (proof === undefined ? '' : ` · ${defang(proof.thing)}`);

/** The acts that say most: writes with what the text names, then reads with it, then what only fits in time. */
const toShow = (acts: readonly Act[]): readonly Act[] => {
  const rank = ({ proof, isWrite }: Act): number => (proof === undefined ? 2 : isWrite ? 0 : 1);
  return [...acts].sort((a, b) => rank(a) - rank(b) || byTime(a.call, b.call)).slice(0, 4);
};

function exhibitOf(db: SqlDriver, { reads, acts, kept }: Obeyed): ExhibitDraft {
  return {
    kind: 'texts',
    title: 'What was read, and what was then done',
    parts: [
      ...reads.slice(0, 3).map((read) => ({ at: read.call.id, heading: `Answer of ${shortName(db, read.call)}`, pointer: read.pointer, text: quoteOf(read) })),
      ...kept.slice(0, 1).map(({ call, at }) => ({ at: call.id, heading: 'Written down, word for word', pointer: at, text: placeOf(db, call) })),
      ...toShow(acts).map((act) => ({ at: act.call.id, heading: act.proof === undefined ? 'Done right after it' : 'Done with what the text names', pointer: act.proof?.at ?? 'time only', text: actText(db, act) })),
    ],
  };
} // prettier-ignore

/** What went where, as the breach sheet asks: receivers outside, and kinds of data in the requests that name them. */
function sentOf(
  db: SqlDriver,
  acts: readonly Act[],
): { readonly receiver: readonly string[]; readonly sentData: readonly string[] } | undefined {
  const sent = new Map<string, number>();
  const receivers = new Set<string>();
  for (const { call, receiver, isWrite } of acts) {
    const data = receiver === undefined ? [] : [...dataOn(db, call.id, 'request')];
    if (receiver === undefined || (!isWrite && data.length === 0)) continue;
    receivers.add(receiver);
    for (const [type, count] of data) sent.set(type, (sent.get(type) ?? 0) + count);
  }
  if (receivers.size === 0) return undefined;
  return { receiver: [...receivers].sort(), sentData: worstFirst(sent.keys()).map((type) => dataOf(type, sent.get(type) ?? 0)) };
}

/** What was read, where it was written down, when it was read again before the act, and the act; later acts are told with the first. */
function storyOf(db: SqlDriver, { reads, acts, kept }: Obeyed, { first, act }: { readonly first: Read; readonly act: Act }): FindingDraft['story'] {
  const [copy] = kept;
  const again = reads.filter(({ call }) => call.id !== first.call.id && call.time > (copy?.call.time ?? first.call.time) && call.time <= act.call.time).at(-1);
  const rest = acts.filter(({ call, proof, isWrite }) => proof !== undefined && isWrite && call.time > act.call.time);
  return [
    { call: first.call.id, role: 'untrusted input', text: `Read ${shortName(db, first.call)}; the text gives orders: “${quoteOf(first)}”` },
    ...(copy === undefined ? [] : [{ call: copy.call.id, role: 'kept', text: `Wrote the text down, word for word, with ${placeOf(db, copy.call)}` }]),
    ...(again === undefined || copy === undefined ? [] : [{ call: again.call.id, role: 'read again', text: `${shortName(db, again.call)} gave the text back, ${durationText(Math.round((again.call.time - first.call.time) / 1e6))} after it was first read` }]),
    { call: act.call.id, role: 'obeyed', text: `Did what it says: ${actText(db, act)}` },
    ...(copy === undefined ? [] : rest.map((each) => ({ call: each.call.id, role: 'obeyed again', text: `Did it again ${durationText(Math.round((each.call.time - act.call.time) / 1e6))} later: ${actText(db, each)}` }))).slice(0, MAX_AGAIN),
  ];
} // prettier-ignore

/** What makes the texts orders, the plainest sign first. */
const gravestFirst = (reads: readonly Read[]): readonly string[] => {
  const weights = new Map(reads.flatMap((read) => read.signs.map(({ what, weight }) => [what, weight] as const)));
  return [...weights].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1)).map(([what]) => what);
};

/** What gives a text away, in a claim: the gravest sign, and how many there are beside it. */
const signsText = (signs: readonly string[]): string =>
  signs.length < 3 ? listOf(signs, 2) : `${signs[0] ?? ''}, with ${String(signs.length - 1)} more signs of an order,`;

function toDraft(db: SqlDriver, obeyed: Obeyed): FindingDraft {
  const { caller, reads, acts, kept, isBesideOthers } = obeyed;
  const proven = acts.filter(({ proof }) => proof !== undefined);
  const signs = gravestFirst(reads);
  const [first] = reads;
  const [act] = [proven.filter(({ isWrite }) => isWrite), proven, acts].find((list) => list.length > 0) ?? [];
  const cause = (act === undefined ? undefined : causeOf(obeyed, act)) ?? first;
  const lead = act === undefined || cause === undefined ? undefined : Math.max(0, Math.round((act.call.time - cause.call.time) / 1e6));
  const own = [...reads, ...kept, ...acts].map(({ call }) => call);
  const behind = readsBehind(db, { sends: proven.flatMap(({ call, isWrite }) => (isWrite ? [call.id] : [])), told: own, principal: caller.id, since: least(reads.map(({ stamped }) => stamped)) });
  const named = [...own, ...behind];
  const calls = [...named, ...carriedOutBy(db, [...new Set(named.map(({ id }) => id))])].sort(byTime);
  const what = act === undefined ? kept.length > 0 ? 'and wrote it down for later runs' : 'and did nothing that it asks for' : `${kept.length > 0 ? 'and wrote it down, ' : ''}and ${lead === undefined ? 'then' : `${durationText(lead)} later`} ${proven.length > 0 ? 'did what it says' : 'made a grave call'}: ${placeOf(db, act.call)}`;
  const proof = act?.proof === undefined ? undefined : defang(act.proof.thing);
  return {
    subject: `${caller.key} ${first === undefined ? '' : first.call.path === '' ? shortName(db, first.call) : first.call.path}${isBesideOthers ? ' (not obeyed)' : ''}`,
    title: `${caller.label} read a text that ${isAllPlain(reads) ? 'names a sum and what it is for' : signsText(signs)} ${what}${proof === undefined || what.includes(proof) ? '' : ` (${proof})`}`,
    claim: act === undefined ? undefined : `${caller.label} read a text that gives orders, and then ${proven.length > 0 ? 'did what it says' : 'made a grave call'}`,
    severity: severityOf(obeyed),
    confidence: proven.length > 0 ? 'observed' : 'suspected',
    score: Math.min(1, 0.3 + signs.length * 0.05 + (proven.length > 0 ? 0.4 : 0)),
    principals: [caller.id],
    ...whatOf(db, [...new Set(calls.map(({ id }) => id))]),
    crossedAt: act?.call.id,
    observed: { signs, texts: reads.length, callsAfter: acts.length, provenCalls: proven.length, ...(kept.length === 0 ? {} : { copiesKept: kept.length }), ...(behind.length === 0 ? {} : { readsOfWhatWasSent: behind.length }), ...(lead === undefined ? {} : { secondsFromTextToCall: lead }), ...sentOf(db, acts), ...(act?.proof === undefined ? {} : { textAt: cause?.pointer ?? '', callAt: act.proof.at, thing: defang(act.proof.thing) }) },
    expected: { textsThatGiveOrders: 0, callsThatObey: 0 },
    benignTested: [
      { explanation: 'an article or a rule about such texts', result: acts.length === 0 ? 'possible: nothing was done after it' : proven.length > 0 ? 'not supported: a call holds what the text names' : 'possible: nothing of the text stands in a call' },
      ...(isAllPlain(reads) ? [{ explanation: 'a program whose work is to grant what customers ask for', result: 'not supported: it had never done anything of the kind before' }] : []),
      { explanation: 'the principal knew the value before', result: proven.length === 0 ? 'not testable: no value was followed' : 'not supported: what it had named itself in the five minutes before is not counted' },
    ],
    remediation: [
      ...(acts.length > 0 ? ['Undo what was done, and end the agent’s run.'] : []),
      'Keep text that strangers wrote apart from instructions, and let a person confirm what moves money, gives power, deletes or leaves the estate.',
      'Take the text out of the inbox, the page or the index in which other agents still find it.',
    ],
    exhibits: [exhibitOf(db, obeyed)],
    story: cause === undefined || act === undefined || proven.length === 0 ? [] : storyOf(db, obeyed, { first: cause, act }),
  };
} // prettier-ignore

/** Flags text that gives orders to a model, and the call that obeys it. */
export const injectionThenAction: Detector = {
  id: 'injection-then-action',
  version: 7,
  title: 'A text gave orders, and a call obeyed',
  question: 'Did anyone read a text that gives orders to a model, and then do what it says?',
  about: {
    catches: 'A text from outside that gives orders to a model, and calls of its reader that do what it says: soon after, or whenever later at a place that the text names, with the note that kept it.',
    inputs: ['bodies of answers and of requests', 'principals that are agents, or runs that read the text'],
    falsePositives: ['an article or a rule about such texts', 'a value that the reader knew before'],
  },
  family: 'incident',
  joinsOthers: true,
  needs: ['chains', 'baseline'],
  reads: ['time', 'answerBody'],
  maps: {
    owaspApi: ['API10:2023'],
    owaspLlm: ['LLM01:2025'],
    owaspAgentic: ['ASI01', 'ASI06', 'MCP06'],
    attack: [],
    atlas: ['AML.T0051.001', 'AML.T0051.002', 'AML.T0094', 'AML.T0099'],
    cwe: ['CWE-1427'],
  },
  settings: [
    { name: 'hostile', value: HOSTILE, why: 'one order that overrides, or two weaker signs; a single word is in many honest texts' },
    { name: 'callsAfter', value: CALLS_AFTER, why: 'a grave call so soon after it may be its work; a call with what the text names counts for all five minutes' },
    { name: 'after', value: '5 min', why: 'as long as one run of an agent takes; a call at a host outside that the text names counts whenever it comes' },
    { name: 'answers', value: MAX_ANSWERS, why: 'answers that are read in all, those to agents first, so that a minute is the most that reading takes' },
    { name: 'laterCalls', value: MAX_LATER, why: 'calls that are searched in all for the places that texts name, whatever time lies between' },
  ],
  async run(db, breathe, tools) {
    const missing = missingTimes(db);
    if (missing !== undefined) return { kind: 'not-evaluable', reason: missing };
    if (db.prepare('SELECT 1 FROM call WHERE flags & ? <> 0 LIMIT 1').get(callFlag.responseBody) === undefined)
      return { kind: 'not-evaluable', reason: 'no bodies of answers in the evidence: what was read cannot be told' };
    const callers = readCallers(db);
    const { domains, foreign } = readEstate(db);
    const estate: Estate = { foreign: new Set(foreign.values()), domains: new Set(domains), changing: changingEndpoints(db), clock: readCommonClock(db) };
    const groups = new Map<number, { readonly reads: Read[]; readonly kept: Map<number, Kept>; readonly acts: Map<number, Act> }>();
    const lookUps = newLookUps();
    for (const [index, read] of (await findReads(db, tools, breathe)).toSorted(byHostility).entries()) {
      const followed = index < MAX_FOLLOWED;
      const { acts: soon, kept } = followed ? actsAfter(db, tools, read, estate) : { acts: [], kept: [] };
      await breathe();
      const acts = followed ? [...soon, ...(await actsLater(db, tools, read, { kept: kept.length > 0, estate, lookUps, breathe }))] : [];
      await breathe();
      if (isWeak(read) && acts.length === 0) continue;
      const group = groups.get(read.call.principal) ?? { reads: [], kept: new Map<number, Kept>(), acts: new Map<number, Act>() };
      groups.set(read.call.principal, group);
      group.reads.push(read);
      for (const each of kept) group.kept.set(each.call.id, each);
      for (const act of acts) if (!group.acts.has(act.call.id)) group.acts.set(act.call.id, act);
    }
    return {
      kind: 'evaluated',
      findings: [...groups].flatMap(([principal, { reads, kept, acts }]) => {
        // What a tool then sent, as the proxy shows it, is the same act.
        const twice = carriedOut(db, [...acts.keys()]);
        const single = [...acts.values()].filter(({ call }) => !twice.has(call.id)).sort((a, b) => byTime(a.call, b.call));
        const obeyed: Obeyed = { caller: callerOf(callers, principal), reads, kept: [...kept.values()], acts: single, isBesideOthers: false };
        return partObeyed(obeyed).map((each) => toDraft(db, each));
      }),
    };
  },
}; // prettier-ignore
