import type { CredentialKind, SpecStatus } from '../../contract/report-json.ts';
import { printEndpoint } from '../../model/inner-operation.ts';
import { OPERATION_METHOD, templateOfOperation } from '../../model/named-operation.ts';
import { createRecent } from '../intake/recent.ts';
import { readDataUses, type EndpointData } from './endpoints/data-uses.ts';
import { endpointFlags } from './endpoints/endpoint-flags.ts';
import { findFixedTemplate } from './endpoints/fixed-template.ts';
import { createInnerOperations, type InnerOperations } from './endpoints/inner-operations.ts';
import { createPathTemplates, type PathTemplates } from './endpoints/path-templates.ts';
import { isAsset } from './endpoints/segment.ts';
import { sensitivityOfData, sensitivityOfNames } from './endpoints/sensitivity.ts';
import { readSpecIndex, type SpecIndex } from './endpoints/spec-hosts.ts';
import { countCall, isSuccess, newTally, type CallRow, type EndpointTally } from './endpoints/tally.ts';
import { isUnknownPath } from './endpoints/unknown-path.ts';
import { callFlag } from '../store/call-flags.ts';
import { listTemplateRules, rulesInForce } from '../store/read/template-rules.ts';
import type { Pass, PassContext } from './pass.ts';
import { eachRange } from './principals/combos.ts';
import { readNames, type Names } from './principals/names.ts';

/** Paths whose endpoint is remembered while the calls are gone through. */
const REMEMBERED = 100_000;

/**
 * Finds the endpoints: templates of the descriptions first, then those that the analyst pinned, then places learned from the paths
 * themselves, as far as no rule of the analyst says what they are (decision 0012).
 */
export const endpointsPass: Pass = {
  id: 'endpoints',
  version: 6,
  title: 'Endpoints',
  needs: ['principals'],
  fills: ['operation_use', 'endpoint'],
  marks: ['endpoint_id'],
  inputs: rulesInForce,
  async run(context) {
    const { db } = context;
    const names = readNames(db);
    const specs = readSpecIndex(db);
    // First of all: a rule that is set while this pass runs must find it out of date.
    const rules = listTemplateRules(db);
    const templates = createPathTemplates(rules);
    const inner = createInnerOperations(db, names);
    await learnPaths(context, names, inner, templates);
    const endpoints = new Map<string, EndpointTally>();
    await countCalls(context, names, { specs, templates, inner }, endpoints);
    addOrphans(specs, endpoints);
    writeEndpoints(context, [...endpoints.values()], specs);
    return methodSentence([...endpoints.values()], specs) + rulesSentence(rules.length);
  },
};

/** True for a call of a source that records operations of an API and no HTTP. */
const isOperation = ({ method, flags }: CallRow): boolean => method === null && (flags & callFlag.operation) !== 0;

const hostOf = (names: Names, id: number | null): string => names.find(id ?? 0)?.toLowerCase() ?? '';
const methodOf = (names: Names, id: number | null): string | undefined => names.find(id ?? 0)?.toUpperCase();

interface PathRow {
  readonly method: number;
  readonly host: number | null;
  readonly path: string;
  readonly status: number | null;
  readonly tool: number | null;
}

/** What says where a call belongs. */
interface Places {
  readonly specs: SpecIndex;
  readonly templates: PathTemplates;
  readonly inner: InnerOperations;
}

/** Puts every path into the trie: those that a description knows tell about the places of those that none does, and those that were answered about those that were not. */
async function learnPaths(context: PassContext, names: Names, inner: InnerOperations, templates: PathTemplates): Promise<void> {
  const select = context.db.prepare(
    'SELECT method_id AS method, host_id AS host, path, status, tool_id AS tool FROM call WHERE id BETWEEN ? AND ? AND path IS NOT NULL AND method_id IS NOT NULL',
  );
  await eachRange(context, (from, to) => {
    for (const row of select.all<PathRow>(from, to)) {
      if (inner.isLiteral(row.tool)) continue;
      templates.add(hostOf(names, row.host), row.path, !isUnknownPath(row.status), methodOf(names, row.method) ?? '');
    }
  });
  templates.learn();
}

/** Gives every call its endpoint and counts what the endpoints saw. A pass that is stopped on the way leaves no endpoints. */
async function countCalls(context: PassContext, names: Names, places: Places, endpoints: Map<string, EndpointTally>): Promise<void> {
  const { db } = context;
  const kinds = new Map(
    db
      .prepare('SELECT id, kind FROM credential')
      .all<{ id: number; kind: CredentialKind }>()
      .map(({ id, kind }) => [id, kind]),
  );
  const select = db.prepare(
    `SELECT c.id, c.method_id AS method, c.host_id AS host, c.path, c.status, c.time, c.credential_id AS credential, c.consumer_id AS consumer, c.tool_id AS tool, c.port, c.flags, f.principal_id AS principal
       FROM call c JOIN call_fact f ON f.call_id = c.id WHERE c.id BETWEEN ? AND ? AND c.path IS NOT NULL AND (c.method_id IS NOT NULL OR c.flags & ${String(callFlag.operation)} <> 0)`,
  );
  const update = db.prepare('UPDATE call_fact SET endpoint_id = ? WHERE call_id = ?');
  const uses = new Map<string, { principal: number; operation: number; calls: number }>();
  const endpointAt = createRecent(REMEMBERED, (place) => {
    const [method = '', host = '', path = '', tool = ''] = place.split('\n');
    return findEndpoint(method, host, path, tool === '' ? null : Number(tool), places, endpoints);
  });
  db.exec('DROP INDEX IF EXISTS fact_endpoint; DELETE FROM operation_use; DELETE FROM endpoint');
  try {
    await eachRange(context, (from, to) => {
      const rows = select.all<CallRow>(from, to);
      db.transaction(() => {
        for (const row of rows) {
          const endpoint = endpointAt.get(
            `${isOperation(row) ? OPERATION_METHOD : (methodOf(names, row.method) ?? '')}\n${hostOf(names, row.host)}\n${row.path ?? ''}\n${row.tool === null ? '' : String(row.tool)}`,
          );
          countCall(endpoint, row, (credential) => kinds.get(credential));
          if (endpoint.operation !== undefined && row.principal !== null && isSuccess(row))
            addUse(uses, row.principal, endpoint.operation.id);
          update.run(endpoint.id, row.id);
        }
      });
    });
  } catch (stopped) {
    db.exec('UPDATE call_fact SET endpoint_id = NULL WHERE endpoint_id IS NOT NULL');
    throw stopped;
  } finally {
    db.exec('CREATE INDEX IF NOT EXISTS fact_endpoint ON call_fact(endpoint_id)');
  }
  const insert = db.prepare('INSERT INTO operation_use (principal_id, operation_id, calls) VALUES (?, ?, ?)');
  db.transaction(() => {
    for (const { principal, operation, calls } of uses.values()) insert.run(principal, operation, calls);
  });
}

function addUse(uses: Map<string, { principal: number; operation: number; calls: number }>, principal: number, operation: number): void {
  const key = `${String(principal)} ${String(operation)}`;
  const known = uses.get(key);
  if (known === undefined) uses.set(key, { principal, operation, calls: 1 });
  else known.calls += 1;
}

function findEndpoint(
  method: string,
  host: string,
  path: string,
  tool: number | null,
  { specs, templates, inner }: Places,
  endpoints: Map<string, EndpointTally>,
): EndpointTally {
  if (method === OPERATION_METHOD) {
    const what = {
      method,
      host,
      template: templateOfOperation(path),
      innerOperation: undefined,
      operation: undefined,
      isDocumented: false,
    };
    return addEndpoint(endpoints, what, () => false);
  }
  const fixed = findFixedTemplate(specs, inner, { method, host, path, tool });
  const template = fixed?.template ?? templates.templateOf(host, path);
  const operation = fixed?.by === 'description' ? fixed.operation : undefined;
  const isDocumented = fixed?.by === 'description' && (operation !== undefined || method === 'OPTIONS' || method === 'HEAD');
  const innerOperation = inner.admit(`${method} ${host}${template}`, inner.of(method, tool));
  // Asked once for each endpoint: most paths are another one of an endpoint that is known.
  return addEndpoint(endpoints, { method, host, template, innerOperation, operation, isDocumented }, () => isAsset(path));
}

function addEndpoint(
  endpoints: Map<string, EndpointTally>,
  what: Omit<Parameters<typeof newTally>[0], 'id' | 'key' | 'isAsset'>,
  asset: () => boolean,
): EndpointTally {
  const key = printEndpoint(what, what.innerOperation);
  let endpoint = endpoints.get(key);
  if (endpoint === undefined) endpoints.set(key, (endpoint = newTally({ ...what, isAsset: asset(), id: endpoints.size + 1, key })));
  return endpoint;
}

/** Adds the operations that nothing called, so that the inventory shows them as silent. */
function addOrphans(specs: SpecIndex, endpoints: Map<string, EndpointTally>): void {
  const called = new Set([...endpoints.values()].flatMap(({ operation }) => operation?.id ?? []));
  for (const router of specs.routers) {
    for (const operation of router.operations) {
      if (!called.has(operation.id))
        addEndpoint(
          endpoints,
          {
            method: operation.method,
            host: specs.hostOf(router),
            template: router.templateOf(operation),
            innerOperation: undefined,
            operation,
            isDocumented: true,
          },
          () => false,
        );
    }
  }
}

function specStatus(endpoint: EndpointTally, specs: SpecIndex): SpecStatus {
  if (endpoint.operation !== undefined) return endpoint.calls === 0 ? 'orphan' : endpoint.operation.deprecated ? 'zombie' : 'documented';
  if (endpoint.isDocumented) return 'documented';
  // A path that was only ever refused is a guess of a caller, not an endpoint that somebody forgot to describe.
  const isCovered = [...endpoint.ports].some((port) => specs.covers(endpoint.host, port));
  return isCovered && endpoint.successes > 0 && !endpoint.isAsset ? 'shadow' : 'no-spec';
}

function writeEndpoints({ db }: PassContext, endpoints: readonly EndpointTally[], specs: SpecIndex): void {
  const data = readDataUses(db, endpoints);
  const agents = new Set(
    db
      .prepare("SELECT id FROM principal WHERE kind = 'agent'")
      .all<{ id: number }>()
      .map(({ id }) => id),
  );
  const fieldsOf = readFields(db);
  const insert = db.prepare(
    `INSERT INTO endpoint (id, key, method, host, template, operation_id, spec, sensitivity, classified_from, flags, data_types, calls, principals, agents, statuses, auth, first_seen, last_seen)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  db.transaction(() => {
    for (const endpoint of endpoints) {
      const fields = endpoint.operation === undefined ? NO_FIELDS : (fieldsOf.get(endpoint.operation.id) ?? NO_FIELDS);
      const seen: EndpointData = data.get(endpoint.id) ?? { uses: [], types: [] };
      // A description's words about an endpoint hold as well where only a few of its answers were seen.
      const hasBodies =
        endpoint.responseBodies > 0 ||
        endpoint.requestBodies > 0 ||
        seen.uses.some(({ side }) => side === 'request' || side === 'response');
      const sensitivity = hasBodies ? sensitivityOfData(seen.uses) : sensitivityOfNames(endpoint, [...fields.request, ...fields.response]);
      insert.run(
        endpoint.id, endpoint.key, endpoint.method, endpoint.host, endpoint.template, endpoint.operation?.id ?? null, specStatus(endpoint, specs),
        sensitivity, hasBodies ? 'bodies' : 'names', JSON.stringify(endpointFlags(endpoint, fields.request)), JSON.stringify(seen.types),
        endpoint.calls, endpoint.principals.size, [...endpoint.principals].filter((id) => agents.has(id)).length,
        JSON.stringify(Object.fromEntries([...endpoint.statuses].sort(([a], [b]) => a - b))), JSON.stringify([...endpoint.auth].sort()),
        endpoint.first ?? null, endpoint.last ?? null,
      ); // prettier-ignore
    }
  });
}

interface OperationFields {
  readonly request: readonly string[];
  readonly response: readonly string[];
}
const NO_FIELDS: OperationFields = { request: [], response: [] };

/** Property names of the operations, written by `write.ts` as JSON lists of texts. */
const readFields = (db: PassContext['db']): ReadonlyMap<number, OperationFields> =>
  new Map(
    db
      .prepare('SELECT id, request_fields AS request, response_fields AS response FROM operation')
      .all<{ id: number; request: string; response: string }>()
      .map(({ id, request, response }) => [
        id,
        { request: JSON.parse(request) as readonly string[], response: JSON.parse(response) as readonly string[] },
      ]),
  );

const rulesSentence = (rules: number): string =>
  rules === 0 ? '' : ` The analyst set ${rules === 1 ? 'one rule' : `${String(rules)} rules`} for path templates.`;

function methodSentence(endpoints: readonly EndpointTally[], specs: SpecIndex): string {
  const status = endpoints.map((endpoint) => specStatus(endpoint, specs));
  const count = (wanted: SpecStatus): string => String(status.filter((each) => each === wanted).length);
  const head = `${String(endpoints.filter(({ calls }) => calls > 0).length)} endpoints at first, before records of one request in two sources are taken together`;
  if (specs.routers.length === 0) return `${head}; no API description is in the case, so templates were learned from the paths alone.`;
  return (
    `${head}: ${count('documented')} documented, ${count('shadow')} not in any description, ${count('zombie')} deprecated but still called, ` +
    `${count('no-spec')} on hosts without a description or only ever refused; ${count('orphan')} described operations were never called.`
  );
}
