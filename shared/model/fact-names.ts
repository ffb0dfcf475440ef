/** Words of names in the code and in report.json that people know by another one, see CONTRIBUTING.md. */
const SAID: Readonly<Record<string, string>> = {
  caller: 'principal',
  callers: 'principals',
  operation: 'endpoint',
  operations: 'endpoints',
};

/** What a measured or expected value of a finding, or a threshold of a rule, is called where a person reads it: `distinctIds` as `distinct ids`, `callsIn10Minutes` as `calls in 10 minutes`. */
export const factName = (name: string): string =>
  name
    .replaceAll(/In(?=\d)/g, 'In ')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]+/g, ' ')
    .toLowerCase()
    .split(' ')
    .map((word) => SAID[word] ?? word)
    .join(' ');
