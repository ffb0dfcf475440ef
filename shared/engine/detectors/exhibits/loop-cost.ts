import { greatest } from '../../../lib/extremes.ts';
import { scanJson } from '../../intake/json-leaves.ts';
import type { SqlDriver } from '../../store/driver.ts';
import type { DetectorTools } from '../detector.ts';
import { sightingsOf } from '../flow/run-calls.ts';
import { countOf, sizeOf } from '../spoken.ts';
import { LEDGER_ROWS } from './few.ts';
import type { ExhibitDraft } from './name-calls.ts';

/** Answers that are read for what they say of tokens. */
const MAX_READ = 500;
/** Fields in which interfaces of models say what a call cost. Source: usage objects of the OpenAI, Anthropic, Google and Bedrock interfaces. */
const WHOLE = /^(?:total_?tokens?(?:_?count)?)$/i;
const PART = /^(?:(?:prompt|completion|input|output|candidates)_?tokens?(?:_?count)?)$/i;

/** Tokens that one answer says it cost; 0 where it says nothing. */
function tokensIn(body: string | undefined): number {
  let [whole, parts, seen] = [0, 0, 0];
  scanJson(body ?? '', ({ key, kind, text }) => {
    seen += 1;
    if (kind === 'number' && key !== undefined && WHOLE.test(key)) whole = Math.max(whole, Number(text));
    else if (kind === 'number' && key !== undefined && PART.test(key)) parts += Number(text);
    return seen < 2_000;
  });
  return whole === 0 ? parts : whole;
}

/** What a loop cost, as far as the evidence says. */
export interface LoopCost {
  /** Of all calls of the loop's chains meanwhile, those to the model among them; undefined where no answer says. */
  readonly tokens: number | undefined;
  /** Of the loop's answers. */
  readonly bytes: number;
  /** The loop drawn once: each request with how often it was sent. */
  readonly exhibit: ExhibitDraft;
}

interface Row {
  readonly id: number;
  readonly time: number | null;
  readonly method: string | null;
  readonly path: string | null;
  readonly query: string | null;
  readonly bytes: number | null;
}

/** Adds up what the calls of a loop cost, and draws it once. `calls` in time order. */
export function loopCost(db: SqlDriver, tools: DetectorTools, calls: readonly number[]): LoopCost {
  const select = db.prepare('SELECT c.id, c.time, m.value AS method, c.path, c.query, c.res_bytes AS bytes FROM call c LEFT JOIN term m ON m.id = c.method_id WHERE c.id = ?');
  const rows = calls.flatMap((id) => select.get<Row>(id) ?? []);
  const requests = new Map<string, { readonly first: number; times: number; bytes: number }>();
  for (const row of rows) {
    const key = `${row.method ?? ''} ${row.path ?? ''}${row.query === null ? '' : `?${row.query}`}`;
    const own = requests.get(key) ?? { first: row.id, times: 0, bytes: 0 };
    requests.set(key, own);
    own.times += 1;
    own.bytes += row.bytes ?? 0;
  }
  // The model is asked between two turns, under another name and in the same chain.
  const span = [rows[0]?.time ?? 0, rows.at(-1)?.time ?? 0] as const;
  const chains = db.prepare('SELECT DISTINCT chain_id AS id FROM call_fact WHERE call_id IN (SELECT value FROM json_each(?)) AND chain_id IS NOT NULL').all<{ id: number }>(JSON.stringify(calls));
  const inChain = db.prepare(`SELECT c.id FROM call c JOIN call_fact f ON f.call_id = c.id WHERE f.chain_id = ? AND f.same_as IS NULL AND c.time BETWEEN ? AND ? LIMIT ${String(MAX_READ)}`);
  const around = [...new Set([...calls, ...chains.flatMap(({ id }) => inChain.all<{ id: number }>(id, ...span).map((row) => row.id))])].slice(0, MAX_READ);
  const tokens = around.reduce((sum, id) => sum + greatest(sightingsOf(db, id).map((each) => tokensIn(tools.detail(each).responseBody?.text)), 0), 0);
  const most = [...requests].sort((a, b) => b[1].times - a[1].times).slice(0, LEDGER_ROWS);
  return {
    tokens: tokens === 0 ? undefined : tokens,
    bytes: rows.reduce((sum, row) => sum + (row.bytes ?? 0), 0),
    exhibit: {
      kind: 'ledger',
      title: `The loop, drawn once${tokens === 0 ? '; no answer says what it cost in tokens' : `: ${countOf(tokens)} tokens in all`}`,
      head: ['Request', 'Times', 'Answers'],
      rows: most.map(([request, { first, times, bytes }]) => ({ at: first, tone: 'seen', cells: [request, `×${countOf(times)}`, sizeOf(bytes)] })),
      omitted: Math.max(0, requests.size - most.length),
    },
  };
} // prettier-ignore
