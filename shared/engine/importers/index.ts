import { accessCombined } from './access-combined.ts';
import { accessCommon } from './access-common.ts';
import { envoyJson } from './envoy-json.ts';
import { har } from './har.ts';
import { kongJson } from './kong-json.ts';
import { openapi } from './openapi.ts';

/** Every format that is read, the ones with the strongest evidence first. To add one: a file, and a line here. */
export const importers = [har, openapi, kongJson, envoyJson, accessCombined, accessCommon] as const;

export type ImporterId = (typeof importers)[number]['id'];
