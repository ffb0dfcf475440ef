/** The ladder of attribution, strongest first, as it is shown everywhere. Source: standards.md 5.2. */
export const RUNGS: Readonly<Record<number, string>> = {
  1: 'signed and verified',
  2: 'signed, not verifiable here',
  3: 'name and address range agree',
  4: 'name it gives itself',
  5: 'SDK headers',
  6: 'behaviour',
  7: 'unknown',
};

const ORDINALS = ['strongest', 'second strongest', 'third strongest', 'fourth strongest', 'third weakest', 'second weakest', 'weakest'];

/** How strong that is among all ways to know who it is. Example: `the fourth strongest of 7 ways to know who it is`. */
export function rungPlace(rung: number): string {
  const ways = `${String(ORDINALS.length)} ways to know who it is`;
  const ordinal = ORDINALS[rung - 1];
  return ordinal === undefined ? `none of the ${ways}` : `the ${ordinal} of ${ways}`;
}
