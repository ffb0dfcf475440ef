import { toAppError } from '../../contract/errors.ts';
import type { CallContext } from '../../contract/methods.ts';
import type { EngineHandlers } from '../../contract/table.ts';
import type { Json } from '../../lib/json.ts';
import { appendAudit } from '../store/audit/append.ts';
import type { EngineContext } from './context.ts';

/** What the log says of each action: names and hashes, never evidence, a text of the analyst or a path. */
type About = {
  readonly [Name in keyof EngineHandlers]?: (
    params: Parameters<EngineHandlers[Name]>[0],
    result: Awaited<ReturnType<EngineHandlers[Name]>> | undefined,
    hash: (text: string) => string,
  ) => Json;
};

/** Every method that changes a case, or takes something out of it; the rest only asks. */
export const auditedMethods = {
  'case.rename': ({ title }, _, hash) => ({ titleSha256: hash(title) }),
  'case.import': (_, summary) =>
    summary === undefined
      ? {}
      : {
          sources: summary.sources.map(({ name, sha256 }) => ({ name, sha256 })),
          records: summary.totals.records,
          calls: summary.totals.calls,
        },
  'case.analyze': (_, result) => (result === undefined ? {} : { findings: result.findings, chains: result.chains, ran: result.ran }),
  'baseline.import': (_, result) => (result === undefined ? {} : { sha256: result.sha256 }),
  'baseline.forget': ({ what }) => ({ what }),
  'sources.withdraw': ({ sources }) => ({ sources }),
  'knowledge.add': ({ kind, name, text }, _, hash) => ({ kind, name, sha256: hash(text) }),
  'knowledge.remove': ({ kind, name }) => ({ kind, name }),
  'review.change': ({ change }, result) => ({
    kind: change.kind,
    ...(result === undefined ? {} : { entry: result.entry, changed: result.changed }),
  }),
  'review.undo': ({ entry }, result) => ({ undone: entry, ...(result === undefined ? {} : { entry: result.entry }) }),
  'report.set': ({ settings }) => ({ tlp: settings.tlp ?? 'not said', omitted: settings.omitted }),
  'report.sign': ({ name, role }, _, hash) => ({ nameSha256: hash(name), roleSha256: hash(role) }),
  'report.unsign': () => ({}),
  'report.write': ({ format }, result) => ({ format, ...(result === undefined ? {} : { bytes: result.bytes, sha256: result.sha256 }) }),
  'query.write': ({ query, format }, result, hash) => ({
    format,
    querySha256: hash(query),
    ...(result === undefined ? {} : { rows: result.rows }),
  }),
  'issues.write': (_, result) => (result === undefined ? {} : { rows: result.rows }),
  'case.copy': () => ({}),
} as const satisfies About;

/** A handler with its types rubbed out. */
type Loose = (params: unknown, call: CallContext) => unknown;
type LooseAbout = (params: unknown, result: unknown, hash: (text: string) => string) => Json;

/** Nothing was written, so there is nothing to tell; and a case that is only read takes no entry. */
const changedNothing = (name: string, result: unknown): boolean =>
  name === 'review.change' && typeof result === 'object' && result !== null && 'entry' in result && result.entry === 0;

/** The handlers with an entry in the audit log after each action, before it is acknowledged. */
export function withAudit(handlers: EngineHandlers, { db, ports }: Pick<EngineContext, 'db' | 'ports'>): EngineHandlers {
  const isReadOnly = db.prepare('PRAGMA query_only').get<{ query_only: number }>()?.query_only === 1;
  if (isReadOnly) return handlers;
  const hash = (text: string): string => ports.crypto.sha256Hex(text);
  const tell = async (name: string, about: Json, outcome: string): Promise<void> => {
    // A job that runs meanwhile may roll back what is written between its BEGIN and COMMIT.
    while (db.inTransaction()) await ports.yieldToEvents();
    appendAudit(db, ports, { action: name, about, outcome });
  };
  const wrap =
    (name: string, handler: Loose, about: LooseAbout): Loose =>
    async (params, call) => {
      try {
        const result = await handler(params, call);
        if (!changedNothing(name, result)) await tell(name, about(params, result, hash), 'done');
        return result;
      } catch (thrown) {
        const { code } = toAppError(thrown);
        // What was refused left the case as it was; what was stopped or broke may have left a part.
        if (code === 'cancelled' || name === 'case.import') await tell(name, about(params, undefined, hash), code);
        throw thrown;
      }
    };
  const loose = handlers as unknown as Readonly<Record<string, Loose>>; // all called with what the table has checked
  const wrapped = Object.entries(auditedMethods).flatMap(([name, about]) => {
    const handler = loose[name];
    return handler === undefined ? [] : [[name, wrap(name, handler, about as LooseAbout)] as const];
  });
  return { ...handlers, ...Object.fromEntries(wrapped) };
}
