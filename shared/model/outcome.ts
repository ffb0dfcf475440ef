/** What an incident came to, as boards ask for it (requirements 35). */
export const OUTCOMES = ['exposure', 'disruption', 'fraud', 'none-found'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Each outcome as screens and the log say it. */
export const OUTCOME_TEXT: Readonly<Record<Outcome, string>> = {
  exposure: 'data exposed',
  disruption: 'service disrupted',
  fraud: 'fraud',
  'none-found': 'none found',
};
