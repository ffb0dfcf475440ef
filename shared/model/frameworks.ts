/**
 * The edition of ATT&CK that ids of techniques are of. Source: MITRE ATT&CK v19 (April 2026), which gave what switches logs off a number of
 * its own: T1562.008 became T1685.002.
 */
export const ATTACK_VERSION = '19';
/** The edition of ATLAS. Source: ATLAS 2026.09; since 2026.07 AML.T0104 is AML.T0115.002. */
const ATLAS_VERSION = '2026.09';

/** Lists that know such cases, in the order of pages. Where ids do not name their edition, as `API1:2023` does, the name of the list does. */
export const FRAMEWORKS = [
  ['owaspApi', 'OWASP API Security'],
  ['owaspLlm', 'OWASP LLM'],
  ['owaspAgentic', 'OWASP Agentic 2026 (ASI), MCP and Non-Human Identities 2025'],
  ['attack', `MITRE ATT&CK v${ATTACK_VERSION}`],
  ['atlas', `MITRE ATLAS ${ATLAS_VERSION}`],
  ['cwe', 'CWE'],
] as const;
