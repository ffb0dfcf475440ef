import { cri } from './cri.ts';
import { csv } from './csv.ts';
import { dockerJson } from './docker-json.ts';
import { jsonColumn } from './json-column.ts';
import { awsRecords, azureRecords } from './json-list.ts';

/** Every layer that is taken off, the most specific first. To add one: a file, and a line here. */
export const envelopes = [cri, dockerJson, azureRecords, awsRecords, jsonColumn, csv] as const;
