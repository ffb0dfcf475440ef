import { accessCombined } from './formats/access-combined.ts';
import { accessCommon } from './formats/access-common.ts';
import { envoyJson } from './formats/envoy-json.ts';
import { har } from './formats/har.ts';
import { jaeger } from './formats/jaeger.ts';
import { kongJson } from './formats/kong-json.ts';
import { openapi } from './formats/openapi.ts';
import { otlpTraces } from './formats/otlp-traces.ts';
import { zipkin } from './formats/zipkin.ts';

/** Every format that is read, the ones with the strongest evidence first. To add one: a file, and a line here. */
export const importers = [har, openapi, otlpTraces, jaeger, zipkin, kongJson, envoyJson, accessCombined, accessCommon] as const;

export type ImporterId = (typeof importers)[number]['id'];
