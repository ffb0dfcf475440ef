import { accessCombined } from './formats/access-combined.ts';
import { accessCommon } from './formats/access-common.ts';
import { envoyJson } from './formats/envoy-json.ts';
import { har } from './formats/har.ts';
import { kongJson } from './formats/kong-json.ts';
import { openapi } from './formats/openapi.ts';

/** Every format that is read, the ones with the strongest evidence first. To add one: a file, and a line here. */
export const importers = [har, openapi, kongJson, envoyJson, accessCombined, accessCommon] as const;

export type ImporterId = (typeof importers)[number]['id'];
