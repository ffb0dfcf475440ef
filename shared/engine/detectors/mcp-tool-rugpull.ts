import { append } from '../../lib/append.ts';
import type { SqlDriver } from '../store/driver.ts';
import type { Detector, DetectorTools, FindingDraft, SeverityDraft } from './detector.ts';
import { LEDGER_ROWS } from './exhibits/few.ts';
import type { ExhibitDraft } from './exhibits/name-calls.ts';
import { inTimeOrder, whoMade } from './inventory/evidence.ts';
import { changesOf, type Change } from './mcp/changes.ts';
import { MAX_LISTS, NO_LISTS, partlyRead, readDefinitions, type Told } from './mcp/definitions.ts';
import { changedPieces, spokenPieces } from './mcp/quote.ts';
import { findPassedOn, MAX_ARGUMENTS, LEAST_BEFORE, LEAST_VALUES, type NewArgument } from './mcp/passed-on.ts';
import { sentBenign, sentFacts, sentLedger, sentSince, sentSteps, sentStory, sentTitle, type SentSince } from './mcp/sent-since.ts';
import { distinctNames } from './mcp/tool-signs.ts';
import { comparedWith, wordingReader } from './mcp/shown.ts';
import { readUses, type ToolUse } from './mcp/tool-uses.ts';
import { readCallers } from './rows/callers.ts';
import { listOf, plural, sizeOf } from './spoken.ts';

/** Changed texts that one finding shows word by word. */
const SHOWN_PARTS = 8;
/** Calls after the change that one finding names. */
export const MAX_AFTER = 2_000;

/** What one server changed, and what was done with it since. */
interface ChangedServer {
  readonly server: string;
  readonly changes: readonly Change[];
  /** Calls of changed tools under the first wording, and under a changed one. */
  readonly before: readonly ToolUse[];
  readonly after: readonly ToolUse[];
  /** What answers of other tools left in arguments that its calls did not have before. */
  readonly sent: SentSince | undefined;
}

/** Parts that say most first: what gives orders is in texts. */
const partRank = (pointer: string): number => (pointer === 'description' ? 0 : pointer.endsWith('.description') ? 1 : pointer.startsWith('inputSchema') ? 2 : 3); // prettier-ignore

function wordDiff({ changes }: ChangedServer): ExhibitDraft {
  const parts = changes.flatMap(({ told, newer, parts: changed }) =>
    changed
      .toSorted((a, b) => partRank(a.pointer) - partRank(b.pointer))
      .map(({ pointer, older, newer: now }) => {
        const pieces = changedPieces(older, now);
        return { at: newer.calls[0] ?? 0, heading: `${told.kind} ${told.name}`, pointer, text: spokenPieces(pieces), pieces };
      }),
  );
  return { kind: 'texts', title: 'What changed, word by word', parts: parts.slice(0, SHOWN_PARTS) };
}

/** Who was shown which wording, and from when on. */
function whoSaw(db: SqlDriver, told: readonly Told[]): ExhibitDraft {
  const callers = readCallers(db);
  const rows = told.flatMap(({ name, teller, versions }) =>
    versions.map((version, index) => ({
      at: version.calls[0] ?? 0,
      tone: index === 0 ? ('plain' as const) : ('seen' as const),
      cells: [`${name}, wording ${String(index + 1)}`, version.release ?? 'not said', `${teller === undefined || version.release === undefined ? '' : `${teller} for `}${listOf([...version.callers].map((id) => callers.get(id)?.label ?? '').sort(), 4)}`, String(version.lists)],
    })),
  ); // prettier-ignore
  return { kind: 'ledger', title: 'Who was shown which wording', head: ['Wording', 'Release', 'Shown to', 'Times'], rows: rows.slice(0, LEDGER_ROWS), omitted: Math.max(0, rows.length - LEDGER_ROWS) }; // prettier-ignore
}

/** True where the server, or the program that told its model of the tool, had become another release when the change was first shown. */
function isRelease({ told, newer, older }: Change): boolean {
  const before = told.shows.findLast(({ version, time }) => version === older && time <= newer.first)?.release ?? older.release;
  return before !== undefined && newer.release !== undefined && before !== newer.release;
}

/** A program's own new release came with its lists: its makers were there when the tool changed, which is for them to answer. */
const isOwnRelease = ({ changes, sent }: ChangedServer): boolean =>
  sent === undefined && changes.length > 0 && changes.every((change) => change.told.teller !== undefined && isRelease(change));

function severityOf({ changes, after, sent }: ChangedServer): SeverityDraft {
  const gains = changes.flatMap((change) => change.gains);
  const has = (kind: string): string | undefined => gains.find((gain) => gain.kind === kind)?.what;
  const [sink, order] = [has('sink'), has('order')];
  return {
    base: 'medium',
    steps: [
      ...(gains.length === 0 && sent === undefined
        ? [{ by: -1, why: 'only the wording changed: no parameter, place or order is new' }]
        : []),
      ...(changes.length > 0 && changes.every(isRelease) ? [{ by: -1, why: 'it came with another release' }] : []),
      ...(order === undefined ? [] : [{ by: 1, why: `the new text ${order}` }]),
      ...(sink === undefined ? [] : [{ by: after.length > 0 ? 2 : 1, why: `the new text ${sink}${after.length > 0 ? ', and the tool was called since' : ''}` }]), // prettier-ignore
      ...(sent === undefined ? [] : sentSteps(sent)),
    ],
    cap:
      changes.length === 0 && sent?.lead.release === undefined
        ? { at: 'high', why: 'no definition of the tool and no release of the agent is in the evidence' }
        : undefined,
  };
}

const bytesOf = (uses: readonly ToolUse[]): number => uses.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);

/** True when both wordings were shown in turns: the server tells callers apart, or is being rolled out. */
const areInTurns = ({ older, newer }: Change): boolean => older.last > newer.first;

/** What the texts say of it, where they are in the evidence; else what the calls show. */
function gainsOf({ changes, sent }: ChangedServer): readonly string[] {
  const told = [...new Set(changes.flatMap((change) => change.gains.map(({ what }) => what)))];
  return told.length > 0 || sent === undefined ? told : [`takes ${sent.lead.argument}`];
}

function titleOf({ server, changes, sent }: ChangedServer, names: readonly string[], gains: readonly string[]): string {
  const changed = `${server} changed ${plural(names.length, 'definition')} after principals had been shown ${names.length === 1 ? 'it' : 'them'}: ${listOf(names, 3)} now ${gains.length === 0 ? 'reads otherwise' : listOf(gains, 2)}`;
  if (sent === undefined) return changed;
  return changes.length === 0
    ? sentTitle(sent)
    : `${sentTitle(sent)}; the text of ${listOf(names, 3)} had changed: it now ${listOf(gains, 3)}`;
}

/** What the change left as evidence: the wordings, and what was called under them; of a tool whose calls carried more since, those that did. */
function callsOf(db: SqlDriver, { changes, after, sent }: ChangedServer): readonly number[] {
  const times = db.prepare('SELECT id, time FROM call WHERE id = ?');
  // What a model knew before is in the evidence by each of its requests; an answer of the server is the one record of what it said.
  const lists = changes.flatMap((change) => [...(change.told.teller === undefined ? comparedWith(change) : []), ...change.newer.calls]);
  const ids = [...new Set([...lists, ...(sent?.calls ?? []), ...after.slice(0, MAX_AFTER).map(({ id }) => id)])];
  return inTimeOrder(ids.flatMap((id) => times.get<{ id: number; time: number | null }>(id) ?? []));
}

function toDraft(db: SqlDriver, changed: ChangedServer): FindingDraft {
  const { server, changes, before, after, sent } = changed;
  const gains = gainsOf(changed);
  const names = [...new Set(changes.map(({ told }) => told.name))];
  const [firstAfter] = after;
  const shown = changes[0]?.newer.calls[0];
  const calls = callsOf(db, changed);
  const who = whoMade(db, calls);
  const inTurns = changes.some(areInTurns);
  const asRelease = changes.length > 0 && changes.every(isRelease);
  return {
    subject: server,
    title: titleOf(changed, names, gains),
    severity: severityOf(changed),
    confidence: changes.length > 0 ? 'observed' : 'inferred',
    score: Math.min(1, 0.3 + gains.length * 0.1 + (after.length > 0 ? 0.2 : 0) + (sent === undefined ? 0 : 0.3)),
    ...(isOwnRelease(changed) ? { family: 'posture' as const } : {}),
    ...who,
    endpoints: sent === undefined ? [] : endpointsOf(db, calls),
    calls,
    crossedAt: shown ?? sent?.carrying[0]?.message,
    observed: {
      server, definitions: names.slice(0, 30), changedParts: [...new Set(changes.flatMap(({ parts }) => parts.map(({ pointer }) => pointer)))].slice(0, 30), gains: gains.slice(0, 20),
      callsBefore: before.length, callsAfter: after.length + (sent?.carrying.length ?? 0), ...(after.length > 0 || sent === undefined ? { sentSince: sizeOf(bytesOf(after)) } : {}), wordingsInTurns: inTurns,
      ...(firstAfter === undefined ? {} : { firstCallerAfter: readCallers(db).get(firstAfter.principal ?? -1)?.label ?? 'unknown' }),
      ...(sent === undefined ? {} : sentFacts(sent)),
    },
    expected: { definitionsThatChange: 0, ...(sent === undefined ? {} : { argumentsThatCallsNeverHad: 0 }) },
    benignTested: [
      ...(changes.length === 0 ? [] : [
        { explanation: 'a release of the server, or of the program that was shown its tools', result: asRelease ? 'possible: the change came with another release' : 'not supported: no record names another release' },
        { explanation: 'principals with other rights are shown other texts', result: inTurns ? 'possible: both wordings were shown in turns' : 'not supported: the old wording was not shown again' },
      ]),
      ...(sent === undefined ? [] : [sentBenign(sent)]),
    ],
    remediation: [
      ...(sent === undefined ? [] : ['Take the tool out of the agents’ configuration now: as long as they are shown its text, they obey it.', 'Treat what was passed on as lost: tell its owners, and ask the receiver to delete it.']),
      'Compare the change with what the server’s makers published, and hold the server back until a person has approved it.', 'Pin definitions by hash in the client or gateway.', ...(sent === undefined ? ['Check what was sent to the tool since the change.'] : ['Keep what one tool answers from the arguments of a tool outside unless a rule allows it.']),
    ],
    exhibits: [...(changes.length === 0 ? [] : [wordDiff(changed), whoSaw(db, [...new Set(changes.map(({ told }) => told))])]), ...(sent === undefined ? [] : [sentLedger(sent)])],
    story: sent === undefined ? [] : sentStory(sent, shown === undefined ? undefined : { call: shown, text: `Was shown another text for ${listOf(names, 3)}: it ${listOf(gains, 4)}` }),
  };
} // prettier-ignore

const endpointsOf = (db: SqlDriver, calls: readonly number[]): readonly number[] =>
  db
    .prepare('SELECT DISTINCT endpoint_id AS id FROM call_fact WHERE call_id IN (SELECT value FROM json_each(?)) AND endpoint_id IS NOT NULL ORDER BY 1')
    .all<{ id: number }>(JSON.stringify(calls))
    .map(({ id }) => id); // prettier-ignore

/** Calls of the changed tools before and since, the latter without those of tools of which it is known what left by them. */
function partUses(changes: readonly Change[], usesOf: (server: string, name: string) => readonly ToolUse[], passed: readonly NewArgument[]): Pick<ChangedServer, 'before' | 'after'> {
  const uses = new Map<number, ToolUse>();
  const since = new Set<number>();
  for (const told of new Set(changes.map((change) => change.told))) {
    const wordingOf = wordingReader(told);
    const isKnown = passed.some(({ tool }) => tool === told.name);
    for (const use of usesOf(told.server, told.name)) {
      const wording = wordingOf(use);
      const isSince = wording !== undefined && wording !== told.versions[0];
      if (isSince && isKnown) continue;
      uses.set(use.id, use);
      if (isSince) since.add(use.id);
    }
  }
  const sorted = [...uses.values()].sort((a, b) => a.time - b.time || a.id - b.id);
  return { before: sorted.filter(({ id }) => !since.has(id)), after: sorted.filter(({ id }) => since.has(id)) };
} // prettier-ignore

async function run(db: SqlDriver, breathe: () => Promise<void>, tools: DetectorTools): ReturnType<Detector['run']> {
  const definitions = await readDefinitions(db, tools, breathe);
  const all = definitions?.told ?? [];
  const { passed, left } = await findPassedOn(db, tools, breathe, all);
  if (definitions === undefined && passed.length === 0) return { kind: 'not-evaluable', reason: NO_LISTS };
  if (definitions !== undefined && definitions.lists < 2 && passed.length === 0) return { kind: 'not-evaluable', reason: 'tools were listed only once, so nothing can be told of changes' };
  const others = distinctNames(all);
  const changed = all.filter(({ versions }) => versions.length > 1);
  const usesOf = readUses(db, [...new Set(changed.map(({ name }) => name))]);
  const servers = new Map<string, Change[]>(passed.map(({ server }) => [server, []]));
  for (const told of changed) {
    await breathe();
    const list = servers.get(told.server) ?? [];
    servers.set(told.server, list);
    append(list, changesOf(told, others));
  }
  const findings = [...servers].map(([server, changes]) => {
    const own = passed.filter((each) => each.server === server);
    return toDraft(db, { server, changes, ...partUses(changes, usesOf, own), sent: sentSince(db, own) });
  });
  return { kind: 'evaluated', findings, ...partlyRead({ left: definitions?.left === true || left, cut: definitions?.cut ?? 0 }) };
} // prettier-ignore

/** Flags tools, prompts and resources whose definition changed after callers had been shown it. */
export const mcpToolRugpull: Detector = {
  id: 'mcp-tool-rugpull',
  version: 2,
  title: 'The definition of a tool changed',
  question: 'Did a server change what its tools are, after principals had been shown and trusted them?',
  about: {
    catches: 'Descriptions, parameters and hints of tools that changed while principals were using them, and calls that began to carry what other tools had answered in an argument that they never had: what changed word by word, who saw which wording, and what was sent since.',
    inputs: ['two or more lists of tools, prompts or resources (MCP): answers of the server, or requests by which a program told its model of them', 'calls of the tools with their arguments, and what other tools of the run answered', 'the release of the server and of the program'],
    falsePositives: ['a release of the server, or of the program', 'principals with other rights that are shown other texts'],
  },
  family: 'incident',
  joinsOthers: true,
  needs: ['attribution', 'chains'],
  reads: ['answerBody'],
  maps: { owaspApi: ['API10:2023'], owaspLlm: ['LLM03:2025'], owaspAgentic: ['ASI04', 'MCP03', 'MCP04'], attack: ['T1199'], atlas: ['AML.T0109'], cwe: ['CWE-494'] },
  settings: [
    { name: 'wording', value: 'all but the order of keys and items', why: 'what a model is shown is all of it; the order says nothing' },
    { name: 'leastBefore', value: LEAST_BEFORE, why: 'so many calls without an argument show that the tool works without it' },
    { name: 'leastValues', value: LEAST_VALUES, why: 'an id that one tool gives and another takes is everyday work; so many values of one answer are the answer' },
    { name: 'arguments', value: MAX_ARGUMENTS, why: 'calls of tools outside whose arguments are read' },
    { name: 'lists', value: MAX_LISTS, why: 'lists that are read: agents ask at the begin of each session, and most answers are alike' },
  ],
  run,
}; // prettier-ignore
