import { brCpf } from './br-cpf.ts';
import { chAhv } from './ch-ahv.ts';
import { deSteuerId } from './de-steuer-id.ts';
import { esDni } from './es-dni.ts';
import { frNir } from './fr-nir.ts';
import { inAadhaar } from './in-aadhaar.ts';
import { itCodiceFiscale } from './it-codice-fiscale.ts';
import type { NationalId } from './national-id.ts';
import { nlBsn } from './nl-bsn.ts';
import { plPesel } from './pl-pesel.ts';
import { ptNif } from './pt-nif.ts';
import { sePersonnummer } from './se-personnummer.ts';
import { sgNric } from './sg-nric.ts';
import { ukNino } from './uk-nino.ts';

/** National numbers that are told; the US number is a kind of its own. */
export const nationalIds: readonly NationalId[] = [
  ukNino,
  deSteuerId,
  frNir,
  esDni,
  itCodiceFiscale,
  ptNif,
  nlBsn,
  sePersonnummer,
  plPesel,
  brCpf,
  inAadhaar,
  sgNric,
  chAhv,
];

/** Longest with blanks: the French number. Units: characters. */
const MAX_LENGTH = 24;

const compactOf = (text: string): string => text.replaceAll(/[\s./-]/g, '').toUpperCase();

/** True when a text is a national number of any country that we know, by form and check digit. */
export function isNationalId(text: string): boolean {
  if (text.length > MAX_LENGTH || text.length < 8) return false;
  const compact = compactOf(text);
  return nationalIds.some((each) => each.isValid(compact));
}

/** The same for a field whose name promises nothing: only those that look like nothing else. */
export function isNationalIdByForm(text: string): boolean {
  if (text.length > MAX_LENGTH || text.length < 9) return false;
  return nationalIds.some((each) => each.form?.test(text) === true && each.isValid(compactOf(text)));
}
