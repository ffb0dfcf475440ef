import { isJsonObject } from '../../../lib/json.ts';
import type { JsonObject } from '../../../lib/json.ts';
import type { CallOutcome, ImportedCall } from '../../../model/call.ts';
import { durationMs } from '../../../model/units.ts';
import { pathOfOperation } from '../../../model/named-operation.ts';
import { type AzureCategory, readAzure, readAzureTime, toAzureNames, toAzureObject } from '../azure/azure-record.ts';
import type { RecordImporter } from '../importer.ts';
import { toNumber } from '../read/fields.ts';
import { openFields } from '../read/record-fields.ts';
import type { RecordFields } from '../read/record-fields.ts';
import { recognizeByKeys } from '../read/recognize-keys.ts';

const signIns: AzureCategory = {
  isRead: (category) => /SignInLogs$/i.test(category),
  // AuditLogs, RiskyUsers, ProvisioningLogs and others are streamed beside sign-ins.
  isSibling: (_, fields) => /microsoft\.aadiam/i.test(fields.text('resourceid') ?? ''),
  isCall: (fields) => fields.has('createddatetime') && (fields.has('status') || fields.has('resulttype')),
};

/**
 * Codes that interrupt a sign-in to ask for more, and refuse nothing.
 * Source: Microsoft Entra authentication and authorization error codes (AADSTS).
 */
const INTERRUPTS: ReadonlySet<number> = new Set([
  16000, 16001, 50055, 50058, 50072, 50074, 50076, 50079, 50125, 50129, 50140, 50144, 50158, 50203, 51006, 65001, 81010,
]);

/**
 * Sign-ins of Microsoft Entra ID (Azure AD), of people, services and managed identities: as diagnostic settings stream them, as Log Analytics
 * has them in its tables, and as Graph and the portal give them. They are no HTTP requests: the kind of sign-in and the resource that a token
 * was wanted for stand as path.
 * Source: Azure Monitor, SigninLogs and AADNonInteractiveUserSignInLogs; Graph, signIn. `uniqueTokenIdentifier` is the `uti` of the token that
 * was issued, which activity logs repeat; it stays among the extras, since the credential that was used is another.
 */
export const entraSignIn = {
  id: 'entra-sign-in',
  title: 'Microsoft Entra ID (Azure AD) sign-in log',
  extensions: ['.json', '.jsonl', '.ndjson'],
  holds:
    'time, user or service principal, session or key id, token identifier, resource, application, client, user agent, error code and reason, conditional access, risk; no method, status, headers or bodies',
  recognize: (head) =>
    recognizeByKeys(head, 'a sign-in of Entra ID', (keys) => {
      const names = toAzureNames(keys);
      const marks = ['appid', 'ipaddress', 'userprincipalname', 'serviceprincipalid', 'conditionalaccessstatus', 'correlationid'];
      const isSignIn = names.has('createddatetime') && (names.has('status') || names.has('resulttype'));
      return isSignIn && marks.filter((mark) => names.has(mark)).length >= 3 ? 'certain' : undefined;
    }),
  records: 'json',
  shape: 'not a sign-in of Entra ID',
  independent: true,
  isCertain: ({ value }) => isJsonObject(value) && isStreamed(value),
  notes: ['Entra ID logs sign-ins, not HTTP: the kind of sign-in, and the resource a token was wanted for, stand as path.'],
  open: () => readAzure(signIns, toCall),
} as const satisfies RecordImporter;

const isStreamed = ({ category, properties }: JsonObject): boolean =>
  typeof category === 'string' && signIns.isRead(category) && isJsonObject(properties) && 'createdDateTime' in properties;

function toCall(fields: RecordFields, text: string): ImportedCall {
  const took = toNumber(fields.take('processingtimeinmilliseconds'));
  const resource = fields.text('resourcedisplayname');
  const wanted = resource ?? fields.text('appdisplayname');
  const { errorCode, ...reasons } = toAzureObject(fields.take('status')) ?? {};
  const code = toNumber(fields.take('resulttype')) ?? toNumber(errorCode) ?? 0;
  const outcome = toOutcome(code);
  const person = fields.text('userprincipalname');
  const program = person === undefined ? fields.text('serviceprincipalname') : undefined;
  const credentialId = fields.text('serviceprincipalcredentialkeyid');
  const sessionId = fields.text('sessionid');
  const call: ImportedCall = {
    ...readAzureTime(fields, 'createddatetime'),
    durationMs: took === undefined || took <= 0 ? undefined : durationMs(took),
    path: pathOfOperation(toKind(fields), wanted === undefined ? [] : [wanted]),
    isOperation: true,
    outcome,
    clientIp: fields.text('ipaddress', 'calleripaddress'),
    userAgent: fields.text('useragent'),
    consumer: person ?? program ?? fields.text('userid', 'serviceprincipalid'),
    credentialId,
    sessionId,
    // A managed identity has no key of its own to name.
    programIdentity: credentialId === undefined && sessionId === undefined ? program : undefined,
    requestId: fields.text('originalrequestid', 'id'),
    service: resource,
  };
  return {
    ...call,
    extras: [['outcome', outcome], ['errorCode', String(code)], ...openFields(reasons).rest(), ...fields.rest()],
    rawText: text,
  };
}

/** The category; where Graph gives none, the one that Azure Monitor would have put the sign-in into. */
function toKind(fields: RecordFields): string {
  const category = fields.text('category');
  if (category !== undefined) return category;
  if (fields.text('userid', 'userprincipalname') === undefined) return 'ServicePrincipalSignInLogs';
  return fields.text('isinteractive') === 'false' ? 'NonInteractiveUserSignInLogs' : 'SignInLogs';
}

/** Zero is a token; an interrupt asks for more; every other code is a token that was not given. */
function toOutcome(code: number): CallOutcome {
  if (code === 0) return 'given';
  return INTERRUPTS.has(code) ? 'failed' : 'denied';
}
