import type { Page } from '@playwright/test';

import { makeEstate } from '#test/support/large/estate.ts';
import { seededRandom } from '#test/support/large/random.ts';
import type { Bench, BenchContext, Figure } from './bench.ts';
import { ensureData } from './data.ts';
import { repeat } from './measure.ts';
import { needBuild } from './places.ts';
import { residentOfTree } from './process-memory.ts';
import { medianOf, p95Of, sayBytes, sayMillis } from './statistics.ts';
import { askQuery, openCase, scrollCalls, supersede, typeQuery } from './ui-drive.ts';
import { makeCase, withPage } from './ui-page.ts';
import { openPlainTable } from './ui-peer.ts';
import type { Scrolled } from './ui-probe.ts';

/** Questions of each kind: enough for a 95th percentile that is not the slowest. */
const QUESTIONS = 24;
const OPENINGS = 5;
const CANCELS = 5;
/** Words of the query that is cancelled: some seconds at 1,000,000 calls. */
const LONG_WORDS = 300;
/** How long that query runs before another takes its place. Units: ms. */
const LONG_RUNS = 400;

const callers = makeEstate(seededRandom('kong').fork('estate')).callers;
const WORDS = ['invoices', 'users', 'tickets', 'exports', 'coupons', 'reviews', 'warehouses', 'contracts', 'webhooks', 'opencode'];
const FIELDS = ['status:404', 'status:401', 'status:502', 'status:201', 'method:DELETE', 'method:PATCH', 'is:failed', 'is:agent'];

const indexedQuery = (question: number): string => FIELDS[question / 3] ?? `ip:${callers[(question * 7) % callers.length]?.ip ?? ''}`;
const textQuery = (question: number): string =>
  question % 2 === 0 ? (WORDS[question / 2] ?? `v1 ${String(question)}`) : `${WORDS[question % WORDS.length] ?? ''} ${String(question)}`;
const typedText = 'method:GET and status >= 400 and path:/v1/invoices/* or agent:x';
const longQuery = (run: number): string =>
  Array.from({ length: LONG_WORDS }, (_, index) => `nowhere${String(run)}x${String(index)}`).join(' or ');

/** What was measured: times in ms, or bytes; `values` is `undefined` where the screen has no such part. */
interface Series {
  readonly unit: Figure['unit'];
  readonly values: readonly number[] | undefined;
}
type Measured = ReadonlyMap<string, Series>;

const known = (values: readonly (number | undefined)[]): readonly number[] | undefined => {
  const found = values.filter((value) => value !== undefined);
  return found.length === 0 ? undefined : found;
};

const droppedShare = ({ dropped, frames }: Scrolled): number => dropped / Math.max(1, frames + dropped);

async function drive(page: Page, title: string, serverPid: number): Promise<Measured> {
  const ms = (values: readonly (number | undefined)[]) => ({ unit: 'ms' as const, values: known(values) });
  const bytes = () => ({ unit: 'bytes' as const, values: [residentOfTree(serverPid)] });
  const opened = await repeat(OPENINGS, () => openCase(page, title));
  const atRest = bytes();
  const typed = await typeQuery(page, typedText);
  const indexed = await repeat(QUESTIONS, (question) => askQuery(page, indexedQuery(question)));
  const text = await repeat(QUESTIONS, (question) => askQuery(page, textQuery(question)));
  await askQuery(page, '*');
  const scrolled = await scrollCalls(page);
  const cancelled = await repeat(CANCELS, (run) => supersede(page, longQuery(run), `status:404 ${String(run)}`, LONG_RUNS));
  const after = bytes();
  await openPlainTable(page);
  const plain = await scrollCalls(page);
  return new Map<string, Series>([
    ['open', ms(opened)],
    ['keystroke', ms(typed)],
    ['indexed', ms(indexed.map(({ rows }) => rows))],
    ['text', ms(text.map(({ rows }) => rows))],
    ['facets', ms([...indexed, ...text].map(({ facets }) => facets))],
    ['blank', ms(scrolled.blanks.length === 0 ? [0] : scrolled.blanks)],
    ['dropped', { unit: 'ratio', values: [droppedShare(scrolled)] }],
    ['dropped-beyond', { unit: 'ratio', values: [Math.max(0, droppedShare(scrolled) - droppedShare(plain))] }],
    ['cancel', ms(cancelled)],
    ['memory-open', atRest],
    ['memory', after],
  ]);
}

async function measure(lines: number, bench: BenchContext): Promise<Measured> {
  const name = `ui-${String(lines)}`;
  const casePath = await makeCase(name, ensureData('kong', lines).path, bench.folder);
  return withPage(casePath, (page, serverPid) => drive(page, name, serverPid));
}

const WHAT: Readonly<Record<string, string>> = {
  open: 'a case is opened: click to rows of calls on screen, the Overview on the way',
  keystroke: 'a letter in the query bar: event to the paint with its validity',
  indexed: 'filter on a field: Enter to rows on screen',
  text: 'free words: Enter to rows on screen',
  facets: 'any filter: Enter to counts of the fields on screen',
  blank: 'rows in sight without values while the wheel turns',
  dropped: 'frames that were not drawn while the wheel turned',
  'dropped-beyond': 'the share of them beyond that of a static list of plain text under the same wheel',
  cancel: 'another query while a long one runs: Enter to its rows on screen',
  'memory-open': 'resident memory of serve and its engine, the case open',
  memory: 'the same after all these questions',
};

const say = (unit: Figure['unit'], value: number): string =>
  unit === 'ms' ? sayMillis(value) : unit === 'bytes' ? sayBytes(value) : value.toFixed(3);

/** One line for a kind of measurement, the sizes side by side. */
function sayKind(id: string, sizes: readonly (readonly [name: string, measured: Measured])[]): string {
  const parts = sizes.map(([name, measured]) => {
    const found = measured.get(id);
    if (found?.values === undefined) return `${name} not measured`;
    const [p50, p95] = [medianOf(found.values), p95Of(found.values)];
    const longest = id === 'blank' ? `, longest ${say(found.unit, Math.max(...found.values))}` : '';
    return `${name} ${found.values.length === 1 ? say(found.unit, p95) : `p50 ${say(found.unit, p50)} p95 ${say(found.unit, p95)}`}${longest}`;
  });
  const [small, large] = sizes.map(([, measured]) => measured.get(id)?.values);
  const ratio = small === undefined || large === undefined ? '' : `, ratio ${(p95Of(large) / p95Of(small)).toFixed(2)}`;
  return `${id}, ${WHAT[id] ?? ''}: ${parts.join(' · ')}${ratio}`;
}

const figuresOf = (size: string, words: string, measured: Measured): readonly Figure[] =>
  [...measured].flatMap(([id, { unit, values }]) =>
    // A blank row is judged by the longest.
    values === undefined
      ? []
      : [
          {
            id: `ui.${size}-${id}`,
            value: id === 'blank' ? Math.max(...values) : p95Of(values),
            unit,
            what: `${WHAT[id] ?? ''}, ${words}`,
          },
        ],
  );

/** What an analyst waits for at the screen, measured in the page. */
export const uiBench: Bench = {
  id: 'ui',
  question: 'How long does an analyst wait at the screen, at 100,000 and at 1,000,000 calls?',
  run: async (bench) => {
    needBuild();
    const small = await measure(100_000, bench);
    const large = bench.small ? undefined : await measure(1_000_000, bench);
    const sizes = [['100,000', small] as const, ...(large === undefined ? [] : [['1,000,000', large] as const])];
    for (const id of small.keys()) bench.say(sayKind(id, sizes));
    return [...figuresOf('100k', '100,000 calls', small), ...(large === undefined ? [] : figuresOf('1m', '1,000,000 calls', large))];
  },
};
