/**
 * What becomes of a text in a copy that is handed on.
 * `same`   words of ours, numbers, hashes, ids that name nobody.
 * `text`   through the pseudonymiser.
 * `path`   as `text`, without ids of objects.
 * `json`   every text in it through the pseudonymiser.
 * `claims` of a token what says who gave which rights for what, through the pseudonymiser.
 * `effect` a change of the analyst: as `json`, keys of credentials by their hashes.
 * `network` a number for each, since a network is told by its addresses.
 * `hash`   its hash: it stays a key, and leads back to nothing.
 * `none`   left out: NULL.
 * `blank`  left out: the empty text.
 * `empty`  left out: a JSON object without members.
 */
export type ColumnRule = 'same' | 'text' | 'path' | 'json' | 'claims' | 'effect' | 'network' | 'hash' | 'none' | 'blank' | 'empty';

type Rules = Readonly<Record<string, ColumnRule>>;

/**
 * Tables whose rows are handed on, and what becomes of each column that is a text or a BLOB; numbers stay unless a rule says otherwise.
 * A table or such a column that is not named here stops the export: what a later schema adds is first thought about.
 */
export const SHARED_TABLES: Readonly<Record<string, Rules>> = {
  baseline: {},
  call: {
    path: 'path', query: 'none', referer_id: 'none', trace_id: 'same', span_id: 'same', parent_span_id: 'same', request_id: 'text',
  },
  call_clock: {},
  call_depth: {},
  call_fact: {},
  call_lane: {},
  chain: { key: 'text', title: 'text', signature: 'text', edge_counts: 'same', hosts: 'json' },
  container: { name: 'text', sha256: 'same' },
  credential: { fingerprint: 'hash', kind: 'same', masked: 'text', jwt_header: 'json', jwt_claims: 'claims', label: 'text' },
  credential_context: { network: 'network', family: 'text' },
  credential_end: { kind: 'same' },
  credential_endpoint: {},
  credential_host: {},
  credential_life: {},
  credential_link: { kind: 'same' },
  credential_power: {},
  credential_share: { caller: 'text' },
  credential_tls: { network: 'network' },
  credential_use: { key: 'text', issues: 'json' },
  data_seen: { side: 'same', type: 'same' },
  edge: { kind: 'same', kinds: 'same', why: 'text', from_at: 'text', to_at: 'text' },
  endpoint: {
    key: 'text', method: 'same', host: 'text', template: 'path', spec: 'same', classified_from: 'same', flags: 'json', data_types: 'json',
    statuses: 'same', auth: 'json',
  },
  endpoint_auth: { kind: 'same' },
  endpoint_drift: { kind: 'same', place: 'text' },
  endpoint_drift_call: { kind: 'same', place: 'text' },
  endpoint_header: { name: 'text', value: 'text' },
  endpoint_odd: { control: 'text', resource: 'text', has: 'text', usual: 'text' },
  endpoint_people: {},
  endpoint_source: {},
  endpoint_summary: { spec_base: 'same', spec_why: 'text', deprecated_by: 'text' },
  endpoint_week: { week: 'same' },
  exposure: { side: 'same', type: 'same' },
  finding: { key: 'same', detector: 'same', family: 'same', severity: 'same', data: 'json' },
  finding_call: {},
  flow: { by_kind: 'same', led_by: 'same' },
  flow_time: {},
  issue: { severity: 'same', code: 'same', message: 'text', excerpt: 'blank' },
  lane: { kind: 'same' },
  machine_link: {},
  not_evaluable: { detector: 'same', reason: 'text' },
  operation: {
    method: 'same', path: 'text', operation_id: 'text', summary: 'text', security: 'json', tags: 'json', request_fields: 'json',
    response_fields: 'json', contract: 'json',
  },
  operation_use: {},
  partly_evaluable: { detector: 'same', reason: 'text', sources: 'same' },
  pass_state: { id: 'same', detail: 'text' },
  principal: { key: 'text', label: 'text', kind: 'same', why: 'text', identity: 'text', traits: 'json' },
  privilege: { data: 'json' },
  privilege_operation: {},
  retry: {},
  hop: {},
  principal_hops: {},
  chain_hops: {},
  review_label: { kind: 'same', name: 'text' },
  review_labelled: { source: 'text' },
  review_log: { at: 'same', kind: 'same', text: 'text', effect: 'effect' },
  review_note: { source: 'text', text: 'text' },
  signal: { kind: 'same', data: 'json' },
  signal_call: {},
  source: {
    name: 'text', format: 'same', recognized_by: 'same', evidence: 'text', sha256: 'same', timezone: 'same', state: 'same', duplicate_of: 'text',
    notes: 'json', given_name: 'text', settings: 'empty', zone: 'same', head_sha256: 'blank',
  },
  specification: { title: 'text', version: 'text', dialect: 'same', servers: 'json' },
  term: { value: 'text' },
  inner_span: { trace_id: 'same', span_id: 'same', parent_span_id: 'same', service: 'text', agent: 'text', user: 'text' },
  trace_owner: { trace_id: 'same', user: 'text', agent: 'text' },
  usual: { scope: 'same', kind: 'same', statuses: 'same', rates: 'same' },
}; // prettier-ignore

/** Tables that are handed on empty: bodies, headers, values, logs, what else was added to the case, and what the analyst asked. */
export const EMPTIED_TABLES: readonly string[] = [
  'audit',
  'declared_format',
  'detail_block',
  'knowledge',
  'review_query',
  'review_view',
  'sqlite_stat1',
  'sqlite_stat4',
  'template_rule',
  'value',
];

/** Entries of `meta` that are handed on: numbers, dates and versions. Key and title are made anew. */
export const SHARED_META: readonly string[] = [
  'baseline_end',
  'baseline_from',
  'baseline_to',
  'evidence_revision',
  'review',
  'revision',
  'rules',
];
