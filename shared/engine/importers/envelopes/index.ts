import { cloudtrailLookup, cloudwatchEvents, cloudwatchSubscription } from './cloudwatch.ts';
import { compose } from './compose.ts';
import { consoleJson } from './console-json.ts';
import { cri } from './cri.ts';
import { csv } from './csv.ts';
import { dockerJson } from './docker-json.ts';
import { journald } from './journald.ts';
import { jsonColumn } from './json-column.ts';
import {
  awsRecords,
  azureRecords,
  azureValue,
  dataList,
  elasticHits,
  gcpEntries,
  langfuseBatch,
  langsmithRuns,
  resultList,
  splunkResults,
} from './json-list.ts';
import { kubectl } from './kubectl.ts';
import { lineList } from './line-list.ts';
import { elasticSource, shippedMessage, splunkExport, splunkHec, splunkRaw } from './search-hit.ts';
import { stamped } from './stamped.ts';
import { syslog } from './syslog.ts';

/** Every layer that is taken off, the most specific first. To add one: a file, and a line here. */
export const envelopes = [
  cri,
  dockerJson,
  journald,
  syslog,
  kubectl,
  compose,
  consoleJson,
  stamped,
  lineList,
  cloudwatchSubscription,
  cloudwatchEvents,
  cloudtrailLookup,
  splunkExport,
  elasticHits,
  elasticSource,
  splunkRaw,
  splunkHec,
  azureRecords,
  awsRecords,
  azureValue,
  resultList,
  langfuseBatch,
  langsmithRuns,
  dataList,
  splunkResults,
  gcpEntries,
  jsonColumn,
  csv,
  shippedMessage,
] as const;
