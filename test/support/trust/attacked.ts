/**
 * ATTACKED COLUMN REGISTRY. Every text column of a case that words from outside may reach stands in one of these lists, else a unit test
 * fails: a new one gets a vector in the hostile bundle or a reason here. `hostile.spec.ts` proves both against the hostile case.
 */
export const ATTACKED: readonly string[] = [
  'audit.payload',
  'call.path', 'call.query', 'call.request_id',
  'chain.hosts', 'chain.key', 'chain.signature', 'chain.title',
  'container.name',
  'credential.jwt_claims', 'credential.jwt_header', 'credential.masked',
  'credential_context.family', 'credential_context.network',
  'edge.to_at', 'edge.why',
  'endpoint.data_types', 'endpoint.host', 'endpoint.key', 'endpoint.template',
  'endpoint_drift.place', 'endpoint_drift_call.place',
  'finding.data',
  'inner_span.agent', 'inner_span.service', 'inner_span.user',
  'issue.excerpt',
  'knowledge.name', 'knowledge.text',
  'meta.value',
  'operation.contract', 'operation.operation_id', 'operation.path', 'operation.request_fields', 'operation.response_fields', 'operation.security', 'operation.summary', 'operation.tags',
  'partly_evaluable.reason',
  'principal.identity', 'principal.key', 'principal.label', 'principal.traits', 'principal.why',
  'privilege.data',
  'review_label.name', 'review_log.effect', 'review_log.text', 'review_note.text', 'review_query.query', 'review_view.name', 'review_view.view',
  'source.given_name', 'source.name', 'source.notes',
  'specification.servers', 'specification.title', 'specification.version',
  'term.value',
  'trace_owner.agent', 'trace_owner.user',
]; // prettier-ignore

/** Why no attack stands in a column of the hostile case. */
const REASONS: Readonly<Record<string, readonly string[]>> = {
  'words of ours, times, hashes, numbers': [
    'audit.action', 'audit.at', 'audit.hash', 'audit.previous',
    'credential.fingerprint', 'credential_share.caller', 'credential_use.issues', 'credential_use.key',
    'declared_format.escaping',
    'endpoint.auth', 'endpoint.flags', 'endpoint_summary.deprecated_by', 'endpoint_summary.spec_why',
    'knowledge.added', 'knowledge.kind', 'knowledge.says', 'knowledge.sha256',
    'meta.key',
    'not_evaluable.reason', 'pass_state.detail',
    'source.evidence', 'source.head_sha256', 'source.settings',
    'template_rule.kind',
  ],
  'the name of a header or a key that a reader knows': ['credential.label'],
  'the same words stand in another column: edge.to_at, source.name, issue.excerpt, endpoint.template': [
    'edge.from_at', 'issue.message', 'review_labelled.source', 'review_note.source', 'signal.data', 'source.duplicate_of',
  ],
  'needs evidence of another kind: TLS of clients, calls past a control, headers of every answer': [
    'credential_tls.network', 'endpoint_header.name', 'endpoint_header.value', 'endpoint_odd.control', 'endpoint_odd.has', 'endpoint_odd.resource', 'endpoint_odd.usual',
  ],
  'written by an analyst in forms that have tests of their own': [
    'declared_format.name', 'declared_format.text',
    'template_rule.host', 'template_rule.note', 'template_rule.pattern', 'template_rule.place',
  ],
}; // prettier-ignore

/** Columns that words from outside may reach, and that no attack of the hostile bundle does. */
export const NOT_ATTACKED: readonly string[] = Object.values(REASONS).flat();

/**
 * Fields that the case keeps and that no place of the flow draws: parts of a description with which calls are only compared, the id by which
 * a token finds its key, and queries that stand in the query bar once somebody chooses them.
 */
export const NOT_SHOWN: readonly string[] = [
  'enum', 'media-type', 'operation-tag', 'parameter', 'pattern', 'property', 'scope-of-scheme', 'security-scheme', 'server-url',
  'key-id', 'remembered-query', 'view-query',
]; // prettier-ignore
