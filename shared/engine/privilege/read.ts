import type { PrivilegeDetail, PrivilegeOperation, PrivilegeRow, ScopeOperation, UnusedOperation } from '../../contract/privilege.ts';
import type { CounterfactualJson, LeastPrivilegeJson, PrincipalKind, Sensitivity, Span } from '../../contract/report-json.ts';
import { epochMicros, printTime } from '../../model/units.ts';
import type { Assessment } from './assess.ts';
import { cedarPolicy, cedarSchema } from './policies/cedar.ts';
import { openfgaStore } from './policies/openfga.ts';
import type { PolicyInput } from './policies/policy-input.ts';
import { regoPolicy } from './policies/rego.ts';
import type { OpenedOperation, ReachedOperation } from './reach.ts';
import type { ControlOutcome } from './replay.ts';
import type { SqlDriver } from '../store/driver.ts';

const LEVELS: readonly Sensitivity[] = ['S0', 'S1', 'S2', 'S3'];
const levelOf = (sensitivity: number): Sensitivity => LEVELS[sensitivity] ?? 'S0';

interface StoredRow {
  readonly id: number;
  readonly key: string;
  readonly label: string;
  readonly kind: PrincipalKind;
  readonly data: string;
}

interface OperationRow {
  readonly key: string;
  readonly host: string;
  readonly sensitivity: number;
  readonly permitted: number;
  readonly training: number;
  readonly legitimate: number;
  readonly incident: number;
  readonly other: number;
}

interface Stored {
  readonly row: StoredRow;
  readonly assessment: Assessment;
  readonly operations: readonly OperationRow[];
}

const SELECT = 'SELECT p.id, p.key, p.label, p.kind, v.data FROM privilege v JOIN principal p ON p.id = v.principal_id';

/** Adds to a row what the conclusion wrote about it, and nothing else wrote. */
function toStored(db: SqlDriver, row: StoredRow): Stored {
  const operations = db
    .prepare(
      `SELECT e.key, e.host, e.sensitivity, o.permitted, o.training, o.legitimate, o.incident, o.other FROM privilege_operation o
       JOIN endpoint e ON e.id = o.endpoint_id WHERE o.principal_id = ? ORDER BY e.host, e.key`,
    )
    .all<OperationRow>(row.id);
  return { row, assessment: JSON.parse(row.data) as Assessment, operations };
}

const readAll = (db: SqlDriver): readonly Stored[] =>
  db
    .prepare(`${SELECT} ORDER BY v.rank`)
    .all<StoredRow>()
    .map((row) => toStored(db, row));

const outcomeOf = ({ assessment }: Stored, id: string): ControlOutcome | undefined =>
  assessment.outcomes.find((outcome) => outcome.id === id);

function spanOf({ assessment: { observed } }: Stored): Span | undefined {
  return observed === undefined ? undefined : [printTime(epochMicros(observed[0])), printTime(epochMicros(observed[1]))];
}

/** What the policies of a principal are written from. */
function policyInput(stored: Stored): PolicyInput {
  const { row, assessment, operations } = stored;
  return {
    principal: row.key,
    label: row.label,
    permitted: operations.filter(({ permitted }) => permitted === 1),
    denied: operations.filter(({ permitted }) => permitted === 0),
    observed: spanOf(stored),
    observedFrom: assessment.observedFrom,
    calls: assessment.calls.training,
  };
}

const toCounterfactual = ({ title, ...numbers }: ControlOutcome): CounterfactualJson => ({ control: title, ...numbers });

function toJson(stored: Stored): LeastPrivilegeJson {
  const { row, assessment, operations } = stored;
  const input = policyInput(stored);
  const [window, own] = [spanOf(stored), outcomeOf(stored, 'policy')];
  return {
    principal: row.key,
    ...(window === undefined ? {} : { observedWindow: window }),
    observedFrom: assessment.observedFrom,
    observedCalls: assessment.calls.training,
    holdOut: assessment.holdOut,
    operations: operations.flatMap(({ key, permitted }) => (permitted === 1 ? [key] : [])),
    policy: { cedar: cedarPolicy(input), cedarSchema: cedarSchema(input), rego: regoPolicy(input), openfga: openfgaStore(input) },
    replay: {
      incidentBlocked: own?.incidentBlocked ?? 0,
      incidentTotal: own?.incidentTotal ?? 0,
      legitimateBroken: own?.legitimateBroken ?? 0,
      legitimateTotal: own?.legitimateTotal ?? 0,
    },
    counterfactuals: assessment.outcomes.filter(({ id }) => id !== 'policy').map(toCounterfactual),
  };
}

function toRow(stored: Stored): PrivilegeRow {
  const { row, assessment, operations } = stored;
  const { reach } = assessment;
  const own = outcomeOf(stored, 'policy');
  const isKnown = reach.how !== 'none' && reach.scopes.length > 0;
  return {
    principal: row.key,
    label: row.label,
    kind: row.kind,
    scopesGranted: reach.scopes.length,
    scopesUnused: isKnown ? reach.scopes.filter(({ used }) => used === 0).length : 0,
    permitted: operations.filter(({ permitted }) => permitted === 1).length,
    ...(isKnown ? { unusedReach: reach.operations - reach.used, unusedSensitive: reach.unusedSensitive } : {}),
    incidentBlocked: own?.incidentBlocked ?? 0,
    incidentTotal: own?.incidentTotal ?? 0,
    legitimateBroken: own?.legitimateBroken ?? 0,
    legitimateTotal: own?.legitimateTotal ?? 0,
    holdOut: assessment.holdOut,
  };
}

const toOperation = (row: OperationRow): PrivilegeOperation => ({
  endpoint: row.key,
  sensitivity: levelOf(row.sensitivity),
  permitted: row.permitted === 1,
  learntFrom: row.training,
  triedOn: row.legitimate,
  incident: row.incident,
  other: row.other,
});

function toUnused(db: SqlDriver, { operation, endpoint, sensitivity, movesMoney }: ReachedOperation): UnusedOperation {
  const name =
    operation !== undefined
      ? db.prepare("SELECT method || ' ' || path AS name FROM operation WHERE id = ?").get<{ name: string }>(operation)
      : db.prepare('SELECT key AS name FROM endpoint WHERE id = ?').get<{ name: string }>(endpoint ?? 0);
  return { operation: name?.name ?? '', sensitivity: levelOf(sensitivity), movesMoney };
}

function toOpenedRow(db: SqlDriver, { operation, endpoints, used, incident }: OpenedOperation): ScopeOperation {
  const { operation: name } = toUnused(db, { operation, endpoint: endpoints[0], sensitivity: 0, movesMoney: false });
  const keys = db.prepare('SELECT key FROM endpoint WHERE id IN (SELECT value FROM json_each(?)) ORDER BY key');
  return { name, endpoints: keys.all<{ key: string }>(JSON.stringify(endpoints)).map(({ key }) => key), used, incident };
}

/** Every policy with its replay, those of incidents first. */
export const listLeastPrivilege = (db: SqlDriver): readonly LeastPrivilegeJson[] => readAll(db).map(toJson);

/** The same without texts, for a list. */
export const listPrivilege = (db: SqlDriver): readonly PrivilegeRow[] => readAll(db).map(toRow);

/** Everything about the power of one principal, by its id; `undefined` when no policy was written for it. */
export function getPrivilege(db: SqlDriver, principal: string): PrivilegeDetail | undefined {
  const row = db.prepare(`${SELECT} WHERE p.key = ?`).get<StoredRow>(principal);
  if (row === undefined) return undefined;
  const stored = toStored(db, row);
  const { reach } = stored.assessment;
  return {
    row: toRow(stored),
    policy: { ...toJson(stored), counterfactuals: stored.assessment.outcomes.map(toCounterfactual) },
    needsFrom: reach.how,
    scopes: reach.scopes.map(({ opened = [], ...scope }) => ({ ...scope, opened: opened.map((operation) => toOpenedRow(db, operation)) })),
    reached: reach.operations,
    reachedUsed: reach.used,
    operations: stored.operations.map(toOperation),
    unused: reach.unused.map((operation) => toUnused(db, operation)),
    unusedTotal: reach.operations - reach.used,
  };
}
