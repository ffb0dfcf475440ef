import type { Person } from './values.ts';

const NRIC_WEIGHTS = [2, 7, 6, 5, 4, 3, 2];
const NRIC_LETTERS = 'JZIHGFEDCBA';

/** A Portuguese tax number from its first eight digits. Source: NIF, mod 11 with weights 9 to 2; a check of 10 is written 0. */
export function toNif(body: string): string {
  const sum = [...body].reduce((total, digit, index) => total + Number(digit) * (9 - index), 0);
  const check = 11 - (sum % 11);
  return `${body}${String(check > 9 ? 0 : check)}`;
}

/** An identity number of Singapore from its seven digits. Source: NRIC, mod 11; `T` for those born from 2000 on adds four. */
export function toNric(body: string, isYoung: boolean): string {
  const sum = NRIC_WEIGHTS.reduce((total, weight, index) => total + weight * Number(body[index]), isYoung ? 4 : 0);
  return `${isYoung ? 'T' : 'S'}${body}${NRIC_LETTERS[sum % 11] ?? 'J'}`;
}

/** The number by which a person's country knows them: Portugal for even persons, Singapore for odd ones. */
export function toNationalId({ index, born, card }: Person): string {
  if (index % 2 === 0) return toNif(`2${card.slice(6, 13)}`);
  return toNric(`${born.slice(2, 4)}${card.slice(6, 11)}`, born >= '2000');
}
