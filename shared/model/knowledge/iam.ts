import { entryOf } from '../../lib/entry-of.ts';
import { CsvCutter } from '../../lib/csv-cutter.ts';
import { parseCidr } from '../../lib/cidr.ts';
import { isJsonObject, type JsonObject } from '../../lib/json.ts';

/** A principal or consumer as an identity system lists it. */
export interface IamEntry {
  /** As the evidence spells it: a consumer, client id, subject or user name. */
  readonly principal: string;
  /** What people call it, where the list has that beside the id. */
  readonly name?: string;
  /** Other ids that the list gives it: a client id beside a name, a subject, a key's id, mask or thumbprint. */
  readonly aliases?: readonly string[];
  /** Addresses of the entry itself: those of a person. The address beside a program is whom to ask about it. */
  readonly mails?: readonly string[];
  readonly owner?: string;
  /** Addresses and networks (`192.0.2.0/24`) that it calls from. */
  readonly addresses?: readonly string[];
  /** What stands among these and is no address. */
  readonly notAddresses?: readonly string[];
  readonly kind?: 'human' | 'service' | 'agent';
  /** What was granted; roles are kept apart, since only scopes can be compared with a description. */
  readonly scopes: readonly string[];
  readonly roles: readonly string[];
  readonly status?: 'active' | 'disabled' | 'revoked';
}

type Column = 'principal' | 'name' | 'alias' | 'mail' | 'owner' | 'addresses' | 'kind' | 'scopes' | 'roles' | 'status';

/** Names of columns and members, without case, spaces and underscores. The first is ours, the others are of exports. */
const NAMES: Readonly<Record<Column, readonly string[]>> = {
  principal: ['principal', 'consumer', 'clientid', 'subject', 'sub', 'username', 'name', 'serviceaccount', 'principalid', 'appid', 'id'],
  // A name that stands beside an id; alone it is who: see `columnsOf`.
  name: [],
  alias: [
    'keyid',
    'apikeyid',
    'accesskeyid',
    'credentialid',
    'kid',
    'keyfingerprint',
    'fingerprint',
    'thumbprint',
    'jkt',
    'keyhint',
    'alias',
    'aliases',
  ],
  mail: ['email', 'mail', 'emailaddress', 'upn', 'userprincipalname', 'preferredusername', 'login'],
  owner: ['owner', 'owners', 'team', 'contact', 'owneremail', 'responsible'],
  addresses: ['addresses', 'ipaddresses', 'ipaddress', 'ips', 'ip', 'sourceips', 'allowedips', 'ipallowlist', 'networks', 'cidrs', 'cidr'],
  kind: ['kind', 'type', 'principaltype'],
  scopes: ['scopes', 'scope', 'permissions', 'grants', 'scp'],
  roles: ['roles', 'role', 'groups', 'group', 'policies'],
  status: ['status', 'state', 'enabled', 'active'],
};
/** Names that a list of changes or tickets has for its entries, too. */
const OF_ANY_TABLE: ReadonlySet<string> = new Set(['id', 'name']);
/** A list of principals needs none of these, and a case must not hold them in clear. */
const SECRET_NAME = /(?:secret|password|passwd|privatekey|accesskey|apikey|token)(?:s|value|data|hash)?$/;
/** More than any organisation lists, less than harms. */
const MAX_ENTRIES = 200_000;

const plainName = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** Puts a cell under its column; names of one entry stand beside each other. */
function put(cells: Map<Column, string | readonly string[]>, column: Column, cell: string | readonly string[]): void {
  const known = SEVERAL.has(column) ? cells.get(column) : undefined;
  cells.set(column, known === undefined ? cell : [known, cell].flat());
}

type Cells = ReadonlyMap<Column, string | readonly string[]>;

/**
 * Reads a list of principals.
 * Shape:  CSV with a header, or JSON: an array of objects, or an object with one such array (`principals`, `consumers`, `data`).
 *         Columns: `principal` (needed; of several such as `client_id` and `sub` the others are further names), `name` (shown beside the id), `key_id`, `fingerprint`, `email`, `owner`, `addresses` (those it calls from, and networks as `192.0.2.0/24`), `kind` (human, service, agent), `scopes`, `roles` (lists parted by space, comma, `;` or `|`),
 *         `status` (active, disabled, revoked; `enabled` true or false). Others are passed over. Or one sentence about what is wrong.
 */
export function parseIam(text: string): readonly IamEntry[] | string {
  const clean = text.replace(/^\uFEFF/, '');
  const rows = /^\s*[[{]/.test(clean) ? jsonRows(clean) : csvRows(clean);
  if (typeof rows === 'string') return rows;
  if (rows.length === 0) return 'the list of principals is empty';
  if (rows.length > MAX_ENTRIES) return `the list has ${String(rows.length)} principals, more than ${String(MAX_ENTRIES)}`;
  const entries: IamEntry[] = [];
  for (const [index, row] of rows.entries()) {
    const entry = toEntry(row, index + 1);
    if (typeof entry === 'string') return entry;
    entries.push(entry);
  }
  return entries;
}

/** Columns that may stand several times: each gives one more name. */
const SEVERAL: ReadonlySet<Column> = new Set(['alias', 'mail']);

/** A sentence when a name says that secrets follow. */
function secretProblem(names: readonly string[]): string | undefined {
  const secret = names.find((name) => SECRET_NAME.test(plainName(name)));
  return secret === undefined ? undefined : `${secret} looks like a secret; take it out of the list first, a case keeps no secret in clear`;
}

/** Which column each name stands for; a sentence when a name says that secrets follow, or when no name says who. */
function columnsOf(names: readonly string[]): ReadonlyMap<string, Column> | string {
  const secret = secretProblem(names);
  if (secret !== undefined) return secret;
  const columns = new Map<string, Column>();
  for (const column of Object.keys(NAMES) as Column[])
    for (const wanted of NAMES[column]) {
      const name = names.find((each) => plainName(each) === wanted && !columns.has(each));
      if (name === undefined) continue;
      // Who has several names: the first is the one shown.
      const isFurther = column === 'principal' && [...columns.values()].includes('principal');
      columns.set(name, isFurther ? (wanted === 'name' ? 'name' : 'alias') : column);
      if (column !== 'principal' && !SEVERAL.has(column)) break;
    }
  const isAnyTable = [...columns].every(
    ([name, column]) => column === 'owner' || (column === 'principal' && OF_ANY_TABLE.has(plainName(name))),
  );
  if (isAnyTable && columns.size > 0)
    return `${[...columns.keys()].join(' and ')} may stand in a list of anything; a list of principals has one of principal, key_id, email, kind, scopes, roles, status or addresses as well`;
  return [...columns.values()].includes('principal')
    ? columns
    : `no column says who: one of ${NAMES.principal.slice(0, 6).join(', ')} is needed, found ${names.slice(0, 8).join(', ')}`;
}

function csvRows(text: string): readonly Cells[] | string {
  const bytes = new TextEncoder().encode(text);
  const first = (text.split(/\r?\n/, 1)[0] ?? '').replaceAll(/"[^"]*"/g, '');
  const delimiter = [',', ';', '\t'].sort((a, b) => first.split(b).length - first.split(a).length)[0] ?? ',';
  const cutter = new CsvCutter(delimiter, undefined);
  const [header, ...rows] = [...cutter.push(bytes), ...cutter.end()].filter((row) => row.text.trim() !== '');
  if (header === undefined) return 'the list of principals is empty';
  const columns = columnsOf(header.cells.map((cell) => cell.trim()));
  if (typeof columns === 'string') return columns;
  const places = header.cells.flatMap((cell, at) => {
    const column = columns.get(cell.trim());
    return column === undefined ? [] : [[column, at] as const];
  });
  const broken = rows.find((row) => row.problem !== undefined);
  if (broken !== undefined) return `line ${String(broken.line)} is no row of the table (${broken.problem ?? ''})`;
  return rows.map((row) => {
    const cells = new Map<Column, string | readonly string[]>();
    for (const [column, at] of places) put(cells, column, row.cells[at]?.trim() ?? '');
    return cells;
  });
}

function jsonRows(text: string): readonly Cells[] | string {
  let value: unknown;
  const names = new Set<string>();
  try {
    // The whole text is kept, so names count at any depth: exports nest client secrets and keys of users.
    value = JSON.parse(text, (name, member: unknown) => {
      names.add(name);
      return member;
    });
  } catch (error) {
    if (error instanceof SyntaxError) return `the list is not valid JSON: ${error.message}`;
    throw error;
  }
  const secret = secretProblem([...names]);
  if (secret !== undefined) return secret;
  const list: unknown = Array.isArray(value)
    ? value
    : isJsonObject(value)
      ? Object.values(value).find((member) => Array.isArray(member))
      : [];
  if (!Array.isArray(list)) return 'the list holds no array of principals';
  const objects: JsonObject[] = [];
  for (const item of list) {
    if (!isJsonObject(item)) return `element ${String(objects.length + 1)} of the list is no object`;
    objects.push(item);
  }
  if (objects.length === 0) return [];
  const columns = columnsOf([...new Set(objects.slice(0, 1000).flatMap((object) => Object.keys(object)))]);
  if (typeof columns === 'string') return columns;
  return objects.map((object) => {
    const cells = new Map<Column, string | readonly string[]>();
    for (const [name, column] of columns) {
      const member = Object.hasOwn(object, name) ? object[name] : undefined;
      if (Array.isArray(member))
        put(
          cells,
          column,
          member.filter((each) => typeof each === 'string'),
        );
      else if (typeof member === 'string' || typeof member === 'number' || typeof member === 'boolean')
        put(cells, column, String(member).trim());
    }
    return cells;
  });
}

const STATUS: Readonly<Record<string, NonNullable<IamEntry['status']>>> = {
  active: 'active', enabled: 'active', true: 'active', yes: 'active', '1': 'active',
  disabled: 'disabled', inactive: 'disabled', suspended: 'disabled', locked: 'disabled', false: 'disabled', no: 'disabled', '0': 'disabled',
  revoked: 'revoked', deleted: 'revoked', expired: 'revoked',
}; // prettier-ignore

const KIND: Readonly<Record<string, NonNullable<IamEntry['kind']>>> = {
  human: 'human', user: 'human', person: 'human', employee: 'human',
  service: 'service', serviceaccount: 'service', machine: 'service', application: 'service', client: 'service', app: 'service',
  agent: 'agent', bot: 'agent', aiagent: 'agent',
}; // prettier-ignore

const listOf = (cell: string | readonly string[] | undefined): readonly string[] =>
  cell === undefined ? [] : [...new Set((typeof cell === 'string' ? cell.split(/[\s,;|]+/) : cell).filter((part) => part !== ''))];
/** Names as they stand: one may hold blanks or commas, as the subject of a certificate does. */
const namesOf = (cell: string | readonly string[] | undefined): readonly string[] =>
  cell === undefined ? [] : [...new Set([cell].flat())].filter((name) => name !== '');
const textOf = (cell: string | readonly string[] | undefined): string => (typeof cell === 'string' ? cell : (cell?.[0] ?? ''));

function toEntry(cells: Cells, row: number): IamEntry | string {
  const principal = textOf(cells.get('principal'));
  if (principal === '') return `row ${String(row)} of the list names no principal`;
  const owner = textOf(cells.get('owner'));
  const [kindText, statusText] = [textOf(cells.get('kind')), textOf(cells.get('status'))];
  const kind = entryOf(KIND, plainName(kindText));
  const status = entryOf(STATUS, plainName(statusText));
  if (statusText !== '' && status === undefined)
    return `row ${String(row)} of the list: ${statusText} is no status; active, disabled and revoked are`;
  const name = textOf(cells.get('name'));
  const aliases = [...new Set([...namesOf(cells.get('name')), ...namesOf(cells.get('alias'))])].filter((alias) => alias !== principal);
  const mails = kind === undefined || kind === 'human' ? namesOf(cells.get('mail')).filter((name) => name !== principal) : [];
  const listed = listOf(cells.get('addresses'));
  const addresses = listed.filter((each) => parseCidr(each) !== undefined);
  const notAddresses = listed.filter((each) => parseCidr(each) === undefined);
  return {
    principal,
    ...(name === '' || name === principal ? {} : { name }),
    ...(aliases.length === 0 ? {} : { aliases }),
    ...(mails.length === 0 ? {} : { mails }),
    scopes: listOf(cells.get('scopes')),
    roles: listOf(cells.get('roles')),
    ...(owner === '' ? {} : { owner }),
    ...(addresses.length === 0 ? {} : { addresses }),
    ...(notAddresses.length === 0 ? {} : { notAddresses }),
    ...(kind === undefined ? {} : { kind }),
    ...(status === undefined ? {} : { status }),
  };
}
