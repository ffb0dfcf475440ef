import type { Limit } from '../../model/limit.ts';
import { MAX_UNPACKED } from './read/raw-body.ts';
import { MAX_LINE_BYTES } from '../../lib/lines.ts';
import { MAX_JSON_DEPTH } from './read/json-records.ts';
import { MAX_ENTRY_BYTES } from './formats/har.ts';
import { MAX_ITEM_BYTES } from './formats/burp-xml.ts';
import { MAX_FLOW_BYTES } from './formats/mitmproxy.ts';
import { MAX_PIECE_BYTES } from './read/read-pieces.ts';
import { MAX_SPEC_BYTES } from './read/all-bytes.ts';
import { MAX_CONFIG_BYTES } from './formats/server-config.ts';
import { MAX_ALIASES } from '../../yaml/guard.ts';
import { MAX_ALIAS_COUNT } from './openapi/spec-document.ts';
import { MAX_CHAIN, MAX_SCHEMA_DEPTH } from './openapi/spec-refs.ts';
import { MAX_DOCUMENT_NODES, MAX_KEPT_DEPTH, MAX_SCHEMA_NODES } from './openapi/resolve-schema.ts';
import { MAX_HEAD_BYTES } from './read/raw-message.ts';
import { MAX_BATCH, MAX_BATCH_UNITS } from './formats/openai-batch.ts';
import { MAX_HELD, MAX_HELD_UNITS } from './read/pairing.ts';
import { MAX_WAITING } from './traces/late-context.ts';
import { MAX_LAYERS } from './read/head-layers.ts';
import { EXCERPT_LENGTH } from './read/reading.ts';

/** Limits of reading records. */
export const importerLimits: readonly Limit[] = [
  {
    area: 'What is kept of a call',
    what: 'Compressed body that is unpacked',
    value: MAX_UNPACKED,
    unit: 'bytes',
    why: 'As far as bodies are searched; a gzip bomb stops here',
    where: 'shared/engine/importers/read/raw-body.ts',
    name: 'MAX_UNPACKED',
  },
  {
    area: 'Reading records',
    what: 'Line or record',
    value: MAX_LINE_BYTES,
    unit: 'bytes',
    why: 'Holds a gateway record with its bodies, and bounds memory',
    where: 'shared/lib/lines.ts',
    name: 'MAX_LINE_BYTES',
  },
  {
    area: 'Reading records',
    what: 'Nesting of JSON',
    value: MAX_JSON_DEPTH,
    unit: 'count',
    why: 'Real records have about ten levels',
    where: 'shared/engine/importers/read/json-records.ts',
    name: 'MAX_JSON_DEPTH',
  },
  {
    area: 'Reading records',
    what: 'Entry of a HAR with its bodies',
    value: MAX_ENTRY_BYTES,
    unit: 'bytes',
    why: 'Parses without trouble, and bounds memory',
    where: 'shared/engine/importers/formats/har.ts',
    name: 'MAX_ENTRY_BYTES',
  },
  {
    area: 'Reading records',
    what: 'Item of a Burp export',
    value: MAX_ITEM_BYTES,
    unit: 'bytes',
    why: 'As large as an entry of a HAR may be',
    where: 'shared/engine/importers/formats/burp-xml.ts',
    name: 'MAX_ITEM_BYTES',
  },
  {
    area: 'Reading records',
    what: 'Flow of mitmproxy',
    value: MAX_FLOW_BYTES,
    unit: 'bytes',
    why: 'As large as an entry of a HAR may be',
    where: 'shared/engine/importers/formats/mitmproxy.ts',
    name: 'MAX_FLOW_BYTES',
  },
  {
    area: 'Reading records',
    what: 'Span or trace with its payloads',
    value: MAX_PIECE_BYTES,
    unit: 'bytes',
    why: 'Bounds memory',
    where: 'shared/engine/importers/read/read-pieces.ts',
    name: 'MAX_PIECE_BYTES',
  },
  {
    area: 'Reading records',
    what: 'API description or collection',
    value: MAX_SPEC_BYTES,
    unit: 'bytes',
    why: 'The largest public ones have about 15 MB',
    where: 'shared/engine/importers/read/all-bytes.ts',
    name: 'MAX_SPEC_BYTES',
  },
  {
    area: 'Reading records',
    what: 'Server configuration',
    value: MAX_CONFIG_BYTES,
    unit: 'bytes',
    why: 'The largest generated ones have a few megabytes',
    where: 'shared/engine/importers/formats/server-config.ts',
    name: 'MAX_CONFIG_BYTES',
  },
  {
    area: 'Reading records',
    what: 'Aliases of a YAML file',
    value: MAX_ALIASES,
    unit: 'count',
    why: 'Real ones have a handful',
    where: 'shared/yaml/guard.ts',
    name: 'MAX_ALIASES',
  },
  {
    area: 'Reading records',
    what: 'Repetition by YAML aliases',
    value: MAX_ALIAS_COUNT,
    unit: 'count',
    why: 'An alias bomb repeats millions of times',
    where: 'shared/engine/importers/openapi/spec-document.ts',
    name: 'MAX_ALIAS_COUNT',
  },
  {
    area: 'Reading records',
    what: 'References to references in an API description',
    value: MAX_CHAIN,
    unit: 'count',
    why: 'A longer chain counts as endless',
    where: 'shared/engine/importers/openapi/spec-refs.ts',
    name: 'MAX_CHAIN',
  },
  {
    area: 'Reading records',
    what: 'Schemas inside schemas',
    value: MAX_SCHEMA_DEPTH,
    unit: 'count',
    why: 'Enough to classify an endpoint',
    where: 'shared/engine/importers/openapi/spec-refs.ts',
    name: 'MAX_SCHEMA_DEPTH',
  },
  {
    area: 'Reading records',
    what: 'Headers of a raw message',
    value: MAX_HEAD_BYTES,
    unit: 'bytes',
    why: 'Beyond this they are no headers',
    where: 'shared/engine/importers/read/raw-message.ts',
    name: 'MAX_HEAD_BYTES',
  },
  {
    area: 'Reading records',
    what: 'Records that wait for one answer',
    value: MAX_HELD,
    unit: 'count',
    why: 'Tools run for minutes while other calls go on',
    where: 'shared/engine/importers/read/pairing.ts',
    name: 'MAX_HELD',
  },
  {
    area: 'Reading records',
    what: 'What waiting records weigh together',
    value: MAX_HELD_UNITS,
    unit: 'characters',
    why: 'Bounds memory',
    where: 'shared/engine/importers/read/pairing.ts',
    name: 'MAX_HELD_UNITS',
  },
  {
    area: 'Reading records',
    what: 'Requests of a batch that wait for their answers',
    value: MAX_BATCH,
    unit: 'count',
    why: 'The largest batch that a vendor takes; answers come in any order',
    where: 'shared/engine/importers/formats/openai-batch.ts',
    name: 'MAX_BATCH',
  },
  {
    area: 'Reading records',
    what: 'What waiting requests of a batch weigh together',
    value: MAX_BATCH_UNITS,
    unit: 'characters',
    why: 'Bounds memory',
    where: 'shared/engine/importers/formats/openai-batch.ts',
    name: 'MAX_BATCH_UNITS',
  },
  {
    area: 'Reading records',
    what: 'Spans that wait for their group',
    value: MAX_WAITING,
    unit: 'count',
    why: 'Bounds memory; more are given out without it',
    where: 'shared/engine/importers/traces/late-context.ts',
    name: 'MAX_WAITING',
  },
  {
    area: 'Reading records',
    what: 'Layers taken off a line',
    value: MAX_LAYERS,
    unit: 'count',
    why: 'A cloud around a container around a relay around syslog',
    where: 'shared/engine/importers/read/head-layers.ts',
    name: 'MAX_LAYERS',
  },
  {
    area: 'Reading records',
    what: 'Excerpt of a record that was not used',
    value: EXCERPT_LENGTH,
    unit: 'characters',
    why: 'Enough to see what it was',
    where: 'shared/engine/importers/read/reading.ts',
    name: 'EXCERPT_LENGTH',
  },
  {
    area: 'Reading records',
    what: 'Schemas inside one schema of a description',
    value: MAX_SCHEMA_NODES,
    unit: 'count',
    why: 'What is beyond allows anything',
    where: 'shared/engine/importers/openapi/resolve-schema.ts',
    name: 'MAX_SCHEMA_NODES',
  },
  {
    area: 'Reading records',
    what: 'Schemas of one description',
    value: MAX_DOCUMENT_NODES,
    unit: 'count',
    why: 'Some 15 MB; what is beyond allows anything',
    where: 'shared/engine/importers/openapi/resolve-schema.ts',
    name: 'MAX_DOCUMENT_NODES',
  },
  {
    area: 'Reading records',
    what: 'Depth of a kept schema',
    value: MAX_KEPT_DEPTH,
    unit: 'count',
    why: 'Bounds what a hostile description makes',
    where: 'shared/engine/importers/openapi/resolve-schema.ts',
    name: 'MAX_KEPT_DEPTH',
  },
];
