import type { Family } from '#shared/contract/report-json.ts';

/** What one finding of a family is called, and a list of them. */
export const FAMILY_WORDS: Readonly<Record<Family, { readonly one: string; readonly many: string }>> = {
  incident: { one: 'incident', many: 'Incidents' },
  rule: { one: 'rule', many: 'Rules of this case' },
  posture: { one: 'weakness', many: 'Weaknesses' },
};
