import { headText } from '../../lib/text-bytes.ts';
import { detectCsv } from './read/csv.ts';

/** A kind of table that customers put beside their logs. A table is of the first kind of which it has a column of each list. */
interface KnownTable {
  /** Names in small letters, without anything between them. */
  readonly columns: readonly (readonly string[])[];
  /** A table with one of these is another thing. */
  readonly without?: readonly string[];
  readonly says: string;
}

/** Columns of a log of calls, whose rows have a begin and an end as well. */
const OF_CALLS = ['method', 'httpmethod', 'path', 'url', 'uri', 'requesturi', 'statuscode', 'ip', 'clientip', 'sourceip'];

const TABLES: readonly KnownTable[] = [
  {
    columns: [
      ['principal', 'principalid', 'consumer', 'clientid', 'serviceaccount', 'username', 'appid'],
      ['owner', 'owners', 'team', 'contact', 'kind', 'scopes', 'roles'],
    ],
    says: 'a list of principals, which is knowledge and no evidence: given as such (Evidence, Knowledge; spoor add CASE --as iam FILE) it says whose each credential is',
  },
  {
    columns: [
      ['number', 'id', 'change', 'shortdescription', 'summary'],
      ['startdate', 'plannedstart', 'start', 'starttime', 'plannedstartdate'],
      ['enddate', 'plannedend', 'end', 'endtime', 'plannedenddate'],
    ],
    without: [...OF_CALLS, 'status'],
    says: 'a list of changes or appointments, which is not read; what is odd in its times may be explained by it',
  },
  {
    columns: [
      ['id', 'number', 'key', 'ticket', 'issuekey'],
      ['createdat', 'created', 'opened', 'openedat', 'createddate'],
      ['subject', 'summary', 'shortdescription', 'title', 'status', 'state'],
    ],
    says: 'a list of tickets, which is not read; it may say why somebody looked something up',
  },
];

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** What a source seems to be that no format claims, as a sentence without its end. Its own words stay out of it. */
export function sayUnclaimed(head: Uint8Array): string {
  if (head.length === 0) return 'the file is empty';
  const nothing = `no known format in the first ${String(head.length)} bytes`;
  const names = new Set(detectCsv(headText(head))?.header.map(plain));
  const table = TABLES.find(
    ({ columns, without = [] }) =>
      columns.every((some) => some.some((name) => names.has(name))) && !without.some((name) => names.has(name)),
  );
  return table === undefined ? nothing : `${nothing}; it looks like ${table.says}`;
}
