import { createEvidencePort } from '#electron/node/evidence/evidence.ts';
import { chainsPass } from '#shared/engine/passes/chains.ts';
import { endpointsPass } from '#shared/engine/passes/endpoints.ts';
import { principalsPass } from '#shared/engine/passes/principals.ts';
import { memoryCase } from '#test/support/case.ts';
import { importByteSource } from '#test/support/import-text.ts';
import { passContext } from '#test/support/seed-calls.ts';

/** What the product makes of one file of agents' calls. */
export interface SeenRun {
  readonly records: number;
  readonly models: readonly string[];
  readonly tools: readonly string[];
  /** Methods of MCP, without the tool's name. */
  readonly methods: readonly string[];
  /** Kinds of the callers. */
  readonly principals: readonly string[];
}

interface Row {
  readonly path: string | null;
  readonly tool: string | null;
  readonly route: string | null;
}

const term = (column: string): string => `(SELECT value FROM term WHERE id = ${column})`;
/** Paths of requests to a model, as importers of gateways write them. */
const MODEL_PATH = /\/(?:chat\/completions|completions|responses|messages|embeddings)$/;

/** Imports a file as the import job does, unpacked, and reads what is known of its calls. */
export async function importRun(path: string): Promise<SeenRun> {
  const db = memoryCase();
  for await (const item of createEvidencePort().expand([{ path }], new AbortController().signal)) {
    if (item.kind === 'failure') throw new Error(item.message);
    await importByteSource(db, item.source);
  }
  for (const pass of [principalsPass, endpointsPass, chainsPass]) await pass.run(passContext(db));
  const rows = db.prepare(`SELECT path, ${term('tool_id')} AS tool, ${term('route_id')} AS route FROM call ORDER BY id`).all<Row>();
  const principals = db.prepare('SELECT DISTINCT kind FROM principal ORDER BY kind').all<{ kind: string }>();
  db.close();
  const isModel = ({ path: place }: Row): boolean => MODEL_PATH.test(place ?? '');
  return {
    records: rows.length,
    models: rows.filter(isModel).flatMap(({ route }) => route ?? []),
    tools: rows.flatMap(({ tool }) => tool?.replace(/^mcp:/, '') ?? []),
    methods: rows.filter((row) => !isModel(row)).flatMap(({ route }) => route?.split(':', 1)[0] ?? []),
    principals: principals.map(({ kind }) => kind),
  };
}
