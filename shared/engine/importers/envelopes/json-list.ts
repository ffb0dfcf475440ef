import type { Envelope } from '../envelope.ts';
import { haveKeys } from './share.ts';

/** A list of records inside of one JSON document, which says nothing more about them. */
const listUnder = <const Id extends string>(id: Id, list: readonly string[], who: string) =>
  ({
    id,
    title: `a JSON document with a list ${list.join('.')}`,
    around: 'json',
    joins: false,
    list,
    recognize: (head) =>
      haveKeys(head, [list.join('.')]) ? `a JSON document with a list ${list.join('.')}, as ${who} writes it` : undefined,
    unwrap: () => undefined,
  }) as const satisfies Envelope;

/** Event Hubs and diagnostic settings of Azure. */
export const azureRecords = listUnder('azure-records', ['records'], 'Azure');
/** Files that CloudTrail delivers. */
export const awsRecords = listUnder('aws-records', ['Records'], 'AWS');
