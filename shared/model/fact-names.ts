/** Words of names in the code and in report.json that people know by another one, see CONTRIBUTING.md. */
const SAID: Readonly<Record<string, string>> = {
  caller: 'principal',
  callers: 'principals',
  operation: 'endpoint',
  operations: 'endpoints',
};

/** Values of statistics: what they are called for somebody who is no statistician, with the term in brackets, and what they mean. */
const MEASURES: Readonly<Record<string, readonly [said: string, means: string]>> = {
  mad: ['usual distance from the middle (MAD)', 'Half of the others lie no further from the middle than this. MAD: median absolute deviation.'],
  neverListedShare: ['share of ids that no earlier answer held', 'Of 1, the part of the ids that stood in no answer which the principal got before it asked for them.'],
  consecutiveShare: ['share of ids in a row', 'Of 1, the part of the ids that follow the one before at a steady step.'],
  refusedOrMissingShare: ['share refused or not there', 'Of 1, the part of the calls that were refused or led to nothing.'],
  bitsPerStep: ['unlikeliness of a step, on average (bits)', 'Each bit halves the chance: with 3 bits one in 8 is as unlikely, with 10 bits one in 1,024.'],
  bitsOfOddest: ['unlikeliness of the oddest step (bits)', 'Each bit halves the chance: with 3 bits one in 8 is as unlikely, with 10 bits one in 1,024.'],
  surpriseBits: ['unlikeliness of the hours (bits)', 'Each bit halves the chance that these hours come from the principal’s usual ones.'],
  usualBits: ['usual unlikeliness (bits)', 'What the principal’s own hours reach at other times.'],
  surprise: ['unlikeliness (powers of ten)', 'The chance of so many calls by the usual rate: 3 is one in 1,000, 6 one in a million.'],
  sumOfDeviations: ['small rises added up (CUSUM)', 'Each hour adds how far it lies above what is expected; what stays usual falls back to 0.'],
  p: ['chance of it by luck (p)', 'How often as much would be seen where nothing is the matter; 0.001 is once in 1,000.'],
  rarityAmongPeers: ['share of the like that reach as much (p)', 'How often others of its kind are as far out; 0.001 is once in 1,000.'],
  rarityAmongRuns: ['share of runs that reach as much (p)', 'How often runs of its kind are as far out; 0.001 is once in 1,000.'],
  rarityAmongWalks: ['share of walks that reach as much (p)', 'How often others go as far through a list; 0.001 is once in 1,000.'],
  chanceOfANewOne: ['chance of a new one (Good–Turing)', 'How often the next call would be the first of its kind, told by how many kinds were seen but once.'],
  chanceOfAnother: ['chance of another one (Good–Turing)', 'How often the next would be a new one, told by how many were seen but once.'],
  chanceOfNone: ['chance of none at all (Poisson)', 'How often a stretch so long would be empty at the rate that is expected.'],
  likenessOfTheSameWork: ['likeness of the work (Jaccard)', 'Of all endpoints that either uses, the part that both use: 1 is the same work.'],
}; // prettier-ignore

/** What a value of a finding means, for those whose name alone does not say it. */
export const factMeaning = (name: string): string | undefined => (Object.hasOwn(MEASURES, name) ? MEASURES[name]?.[1] : undefined);

/** What a measured or expected value of a finding, or a threshold of a rule, is called where a person reads it: `distinctIds` as `distinct ids`, `callsIn10Minutes` as `calls in 10 minutes`. */
export const factName = (name: string): string => (Object.hasOwn(MEASURES, name) ? MEASURES[name]?.[0] : undefined) ?? toWords(name);

const toWords = (name: string): string =>
  name
    .replaceAll(/In(?=\d)/g, 'In ')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]+/g, ' ')
    .toLowerCase()
    .split(' ')
    .map((word) => SAID[word] ?? word)
    .join(' ');
