/** The edition of ATT&CK that ids of techniques are of. */
export const ATTACK_VERSION = '18';

/** Lists that know such cases, in the order of pages. Where ids do not name their edition, as `API1:2023` does, the name of the list does. */
export const FRAMEWORKS = [
  ['owaspApi', 'OWASP API Security'],
  ['owaspLlm', 'OWASP LLM'],
  ['owaspAgentic', 'OWASP Agentic 2026 (ASI), MCP and Non-Human Identities 2025'],
  ['attack', `MITRE ATT&CK v${ATTACK_VERSION}`],
  ['atlas', 'MITRE ATLAS v5.6.1'],
  ['cwe', 'CWE'],
] as const;
