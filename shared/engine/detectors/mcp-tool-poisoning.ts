import type { SqlDriver } from '../store/driver.ts';
import type { Detector, DetectorTools, FindingDraft } from './detector.ts';
import type { ExhibitDraft } from './exhibits/name-calls.ts';
import { HOSTILE, hostility } from './injection/hostile-text.ts';
import { inTimeOrder, whoMade } from './inventory/evidence.ts';
import { MAX_LISTS, NO_LISTS, partlyRead, readDefinitions, type Told, type Version } from './mcp/definitions.ts';
import { markedPieces, spokenPieces } from './mcp/quote.ts';
import { findPassedOn, type NewArgument } from './mcp/passed-on.ts';
import { distinctNames, signsOf, type ToolSign } from './mcp/tool-signs.ts';
import { wordingReader } from './mcp/shown.ts';
import { readUses, type ToolUse } from './mcp/tool-uses.ts';
import { listOf, plural } from './spoken.ts';
import { CALLED_KINDS } from '../store/hop-sql.ts';

/** Texts of one server that its finding quotes. */
const QUOTED = 6;
/** How much of a text is marked from the place of a sign on. Units: characters. */
const MARKED = 90;
/** Calls under one server's texts that its finding names. */
export const MAX_UNDER = 2_000;

/** A definition that is meant for more than to describe. */
interface Suspect {
  readonly told: Told;
  readonly version: Version;
  readonly signs: readonly ToolSign[];
  /** Calls of it by those who had been shown the text. */
  readonly under: readonly ToolUse[];
}

/** Writes that calls of a tool brought about further in, by tool call: one that says it only reads should have none. */
function effectsOf(db: SqlDriver, uses: readonly ToolUse[]): readonly number[] {
  const select = db.prepare(
    `SELECT 1 FROM edge e JOIN call c ON c.id = e.to_call JOIN term m ON m.id = c.method_id LEFT JOIN term t ON t.id = c.tool_id
      WHERE e.from_call = ? AND e.kind IN ${CALLED_KINDS} AND (c.status IS NULL OR c.status BETWEEN 200 AND 299)
        AND (m.value IN ('PUT', 'PATCH', 'DELETE') OR (m.value = 'POST' AND t.value IS NULL)) LIMIT 1`,
  );
  return uses.filter(({ id }) => select.get(id) !== undefined).map(({ id }) => id);
}

/** The contradiction of a tool that says it only reads. */
function readOnlySign(db: SqlDriver, { definition }: Version, uses: readonly ToolUse[]): readonly ToolSign[] {
  const says = definition.leaves.find(({ pointer, text }) => pointer === 'annotations.readOnlyHint' && text === 'true');
  const effects = says === undefined ? [] : effectsOf(db, uses.slice(0, 500));
  return effects.length === 0 || says === undefined
    ? []
    : [{ what: `says that it only reads, yet ${plural(effects.length, 'call')} of it wrote further in`, weight: HOSTILE, at: 0, pointer: says.pointer, text: says.text }];
} // prettier-ignore

/** Of calls of a tool those that obeyed, where it shows: they carried what another tool had answered. */
function obeying(uses: readonly ToolUse[], { server, name }: Told, passed: readonly NewArgument[]): readonly ToolUse[] {
  const known = new Set(passed.flatMap((each) => (each.server === server && each.tool === name ? each.carrying.map(({ message }) => message) : [])));
  return known.size === 0 ? uses : uses.filter(({ id }) => known.has(id));
} // prettier-ignore

async function findSuspects(
  db: SqlDriver,
  told: readonly Told[],
  passed: readonly NewArgument[],
  breathe: () => Promise<void>,
): Promise<readonly Suspect[]> {
  const others = distinctNames(told);
  const usesOf = readUses(db, [...new Set(told.flatMap(({ kind, name }) => (kind === 'tool' ? [name] : [])))]);
  const found: Suspect[] = [];
  for (const one of told) {
    await breathe();
    const uses = one.kind === 'tool' ? obeying(usesOf(one.server, one.name), one, passed) : [];
    const wordingOf = wordingReader(one);
    for (const version of one.versions) {
      const under = uses.filter((use) => wordingOf(use) === version && (use.principal === null || version.callers.has(use.principal)));
      const signs = [...signsOf(one, version, others), ...readOnlySign(db, version, under)];
      if (hostility(signs) >= HOSTILE) found.push({ told: one, version, signs, under });
    }
  }
  return found;
}

const loudest = (signs: readonly ToolSign[]): readonly ToolSign[] => signs.toSorted((a, b) => b.weight - a.weight);

function exhibitOf(suspects: readonly Suspect[]): ExhibitDraft {
  const parts = suspects.flatMap(({ told, version, signs }) => {
    const seen = new Set<string>();
    return loudest(signs).flatMap((sign) => {
      if (seen.has(sign.pointer)) return [];
      seen.add(sign.pointer);
      const pieces = markedPieces(sign.text, sign.at, MARKED);
      const at = version.calls[0] ?? 0;
      return [{ at, heading: `${told.kind} ${told.name}: ${sign.what}`, pointer: sign.pointer, text: spokenPieces(pieces), pieces }];
    });
  });
  return { kind: 'texts', title: 'What the server says to whoever asks for its tools', parts: parts.slice(0, QUOTED) };
}

function toDraft(db: SqlDriver, server: string, suspects: readonly Suspect[]): FindingDraft {
  const signs = suspects.flatMap((each) => each.signs);
  const whats = [...new Set(loudest(signs).map(({ what }) => what))];
  const names = [...new Set(suspects.map(({ told }) => told.name))];
  const under = suspects.flatMap((each) => each.under);
  const shown = suspects.flatMap(({ version }) => version.calls);
  const times = db.prepare('SELECT id, time FROM call WHERE id = ?');
  const calls = inTimeOrder([...new Set([...shown, ...under.slice(0, MAX_UNDER).map(({ id }) => id)])].flatMap((id) => times.get<{ id: number; time: number | null }>(id) ?? [])); // prettier-ignore
  const who = whoMade(db, calls);
  const giveOrders = signs.some(({ pointer, weight }) => weight >= 2 && pointer !== 'name' && pointer !== 'annotations.readOnlyHint');
  return {
    subject: server,
    title: `${server} tells models more than what its tools do: ${listOf(names, 3)} ${listOf(whats, 2)}${under.length === 0 ? '' : `; ${plural(under.length, 'call')} followed`}`,
    severity: {
      base: giveOrders ? 'medium' : 'low',
      steps: under.length > 0 ? [{ by: 1, why: 'principals that had been shown it then called it' }] : [],
    },
    confidence: giveOrders ? 'observed' : 'inferred',
    score: Math.min(1, 0.3 + hostility(signs) / 30 + (under.length > 0 ? 0.2 : 0)),
    ...who,
    endpoints: [],
    calls,
    crossedAt: under.length > 0 ? under.reduce((first, use) => (use.time < first.time ? use : first)).id : shown[0],
    observed: { server, definitions: names.slice(0, 30), signs: whats.slice(0, 20), shownTo: who.labels.slice(0, 10), lists: suspects.reduce((sum, { version }) => sum + version.lists, 0), callsAfterIt: under.length },
    expected: { ordersToModels: 0 },
    benignTested: [
      { explanation: 'a hint which tool of the same server comes first', result: 'not supported: such hints do not reach the threshold alone' },
      { explanation: 'a description that quotes such texts, as of a scanner', result: 'not tested: read the text' },
    ],
    remediation: ['Take the server out of the agents’ configuration until its texts have been read by a person.', 'Undo what its principals did after they had been shown the text, and rotate what they may have sent.', 'Pin the definitions of tools that were approved, and refuse others.'],
    exhibits: [exhibitOf(suspects)],
  };
} // prettier-ignore

async function run(db: SqlDriver, breathe: () => Promise<void>, tools: DetectorTools): ReturnType<Detector['run']> {
  const definitions = await readDefinitions(db, tools, breathe);
  if (definitions === undefined) return { kind: 'not-evaluable', reason: NO_LISTS };
  const byServer = new Map<string, Suspect[]>();
  const { passed } = await findPassedOn(db, tools, breathe, definitions.told);
  for (const suspect of await findSuspects(db, definitions.told, passed, breathe)) {
    const list = byServer.get(suspect.told.server) ?? [];
    byServer.set(suspect.told.server, list);
    list.push(suspect);
  }
  return { kind: 'evaluated', findings: [...byServer].map(([server, list]) => toDraft(db, server, list)), ...partlyRead(definitions) };
}

/** Flags tools, prompts and resources whose texts give orders to a model, hide letters, or speak for another server. */
export const mcpToolPoisoning: Detector = {
  id: 'mcp-tool-poisoning',
  version: 2,
  title: 'Orders hidden in the description of a tool',
  question: 'Does a server tell models what to do, in the descriptions of its tools?',
  about: {
    catches:
      'Names, descriptions and parameters of tools, prompts and resources that give orders to a model, hide letters, ask for secrets, speak for or take the name of another server’s tool, or say that a tool only reads when it writes.',
    inputs: ['lists of tools, prompts or resources (MCP): answers of the server, or requests by which a program told its model of them', 'calls of the tools, to tell who acted under the text'],
    falsePositives: ['descriptions that quote such texts, as those of scanners', 'long hints how tools of one server belong together'],
  },
  family: 'incident',
  joinsOthers: true,
  needs: ['attribution', 'chains'],
  reads: ['answerBody'],
  maps: { owaspApi: ['API10:2023'], owaspLlm: ['LLM01:2025', 'LLM03:2025'], owaspAgentic: ['ASI04', 'ASI01', 'MCP03'], attack: ['T1199'], atlas: ['AML.T0110', 'AML.T0115.002'], cwe: ['CWE-1427'] },
  settings: [
    { name: 'hostile', value: HOSTILE, why: 'one order that overrides, or two weaker signs; a single hint is in many honest descriptions' },
    { name: 'lists', value: MAX_LISTS, why: 'lists that are read: agents ask at the begin of each session, and most answers are alike' },
  ],
  run,
}; // prettier-ignore
