import { cri } from './cri.ts';
import { dockerJson } from './docker-json.ts';
import { awsRecords, azureRecords } from './json-list.ts';

/** Every layer that is taken off, the most specific first. To add one: a file, and a line here. */
export const envelopes = [cri, dockerJson, azureRecords, awsRecords] as const;
