import { AppError } from '#shared/contract/errors.ts';
import { compileQuery } from '#shared/engine/store/query-sql.ts';
import { CALLS_FROM } from '#shared/engine/store/read/calls/calls.ts';
import { MAX_QUERY_LENGTH } from '#shared/model/query-length.ts';
import { parseQuery } from '#shared/query/parse.ts';
import { printQuery } from '#shared/query/print.ts';
import { randomQueryCase } from '../../query-case.ts';
import { queryNoise } from '../../query-noise.ts';
import { toBytes } from '../../read-evidence.ts';
import { seeded } from '../../seeded.ts';
import type { FuzzTarget } from '../target.ts';

const SEED = 7;
const SEEDS = 60;
/** Calls of the case that queries run on: few, since the words of a query and not the count of calls are tried. */
const CALLS = 40;

const caseOfCalls = (() => {
  let made: ReturnType<typeof randomQueryCase> | undefined;
  return () => (made ??= randomQueryCase(SEED, CALLS)).db;
})();

/** A query is understood or refused with a place inside of it, prints as a text that means the same, and finds the same. */
function ask(input: Uint8Array): string {
  const text = new TextDecoder().decode(input);
  const parsed = parseQuery(text);
  if (!parsed.ok) {
    const { at, length } = parsed.error;
    if (at < 0 || at + length > text.length + 1) throw new Error(`a problem at ${String(at)}+${String(length)} of ${String(text.length)}`);
    throw new AppError('bad-query', parsed.error.message.replaceAll(/["“].*["”]|\d+/g, '…'));
  }
  const printed = parseQuery(printQuery(parsed.ast));
  if (printQuery(parsed.ast).length > MAX_QUERY_LENGTH) return 'too long to print';
  if (!printed.ok || printQuery(printed.ast) !== printQuery(parsed.ast))
    throw new Error(`prints as another query: ${printQuery(parsed.ast)}`);
  const { where, params } = compileQuery(parsed.ast);
  const found = caseOfCalls()
    .prepare(`SELECT count(*) AS n ${CALLS_FROM} WHERE ${where}`)
    .get<{ n: number }>(...params);
  return `${parsed.ast.kind} ${found?.n === 0 ? 'none' : 'some'}`;
}

/** The parser, the printer and the compiler of queries, and SQLite with what comes of it. */
export const queryTarget: FuzzTarget = {
  id: 'query',
  seeds: () => {
    const noise = queryNoise(seeded(SEED));
    return Array.from({ length: SEEDS }, () => toBytes(noise()));
  },
  run: ask,
};
