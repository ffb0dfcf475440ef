import type { EndpointFlag, Sensitivity, SpecStatus } from '#shared/contract/report-json.ts';

/** Levels of sensitivity in a word each, as the report's glossary has them. */
export const LEVEL_WORDS: Readonly<Record<Sensitivity, string>> = { S0: 'none seen', S1: 'internal', S2: 'personal', S3: 'secret' };

/** What a level means, for who chooses one. */
export const LEVEL_MEANINGS: Readonly<Record<Sensitivity, string>> = {
  S0: 'no data about people, money or secrets was seen; without bodies that says little',
  S1: 'single personal data, or what is meant for the company alone',
  S2: 'people in bulk, or whole profiles',
  S3: 'payment, identity and health data, credentials and secrets',
};

/** How an endpoint stands to the descriptions, in words. */
export const SPEC_WORDS: Readonly<Record<SpecStatus, string>> = {
  documented: 'documented',
  shadow: 'shadow',
  zombie: 'zombie',
  orphan: 'orphan',
  'no-spec': 'no description',
};

export const SPEC_MEANINGS: Readonly<Record<SpecStatus, string>> = {
  documented: 'an API description has it',
  shadow: 'called, but its host is described without it',
  zombie: 'called, though it should be gone: deprecated, or an older version with a living newer one',
  orphan: 'described, but never called in this evidence',
  'no-spec': 'no description of its host is in the case, or it was only ever refused',
};

export const FLAG_WORDS: Readonly<Record<EndpointFlag, string>> = {
  'moves-money': 'moves money',
  'grants-power': 'grants power',
  destroys: 'destroys',
  'sends-outside': 'sends outside',
};
