import type { Envelope, HeadSample } from '../envelope.ts';
import { haveKeys } from './share.ts';

/** True when a list stands under these keys in the documents of a head. */
export function hasList(head: HeadSample, list: readonly string[]): boolean {
  const last = list.at(-1);
  return last !== undefined && haveKeys(head, [list.join('.')]) && new RegExp(`"${last}"\\s*:\\s*\\[`).test(head.text);
}

/** A list of records inside of one JSON document, which says nothing more about them. */
const listUnder = <const Id extends string>(id: Id, list: readonly string[], who: string) =>
  ({
    id,
    title: `a JSON document with a list ${list.join('.')}`,
    around: 'json',
    joins: false,
    list,
    recognize: (head) => (hasList(head, list) ? `a JSON document with a list ${list.join('.')}, as ${who} writes it` : undefined),
    unwrap: () => undefined,
  }) as const satisfies Envelope;

/** Event Hubs and diagnostic settings of Azure. */
export const azureRecords = listUnder('azure-records', ['records'], 'Azure');
/** Files that CloudTrail delivers. */
export const awsRecords = listUnder('aws-records', ['Records'], 'AWS');
/** Answers of Elasticsearch's and OpenSearch's search. */
export const elasticHits = listUnder('elastic-hits', ['hits', 'hits'], 'Elasticsearch');
/** Answers of Azure's REST interfaces. */
export const azureValue = listUnder('azure-value', ['value'], "Azure's REST interface");
/** Answers of Cloudflare's API. */
export const resultList = listUnder('result-list', ['result'], 'an API');
/** Splunk's `output_mode=json`. */
export const splunkResults = listUnder('splunk-results', ['results'], 'Splunk');
/** Answers of Cloud Logging's `entries:list`. */
export const gcpEntries = listUnder('gcp-entries', ['entries'], 'Google Cloud');
/** Events that Langfuse's SDKs send together. */
export const langfuseBatch = listUnder('langfuse-batch', ['batch'], 'an SDK of Langfuse');
/** Answers of Langfuse's, Helicone's and Portkey's API. */
export const dataList = listUnder('data-list', ['data'], 'an API');
/** Answers of LangSmith's API. */
export const langsmithRuns = listUnder('langsmith-runs', ['runs'], "LangSmith's API");
