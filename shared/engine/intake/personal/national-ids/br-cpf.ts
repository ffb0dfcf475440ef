import type { NationalId } from './national-id.ts';
import { weightedSum } from './weighted.ts';

/** Check digit modulo 11 of the digits before `count`. */
const digitAt = (text: string, count: number): number =>
  ((weightedSum(
    text,
    Array.from({ length: count }, (_, at) => count + 1 - at),
  ) *
    10) %
    11) %
  10;

/** Brazilian CPF: two check digits modulo 11. Source: Receita Federal. */
export const brCpf: NationalId = {
  id: 'br-cpf',
  names: ['cpf', 'cpfnumber', 'numerocpf'],
  form: /^\d{3}\.\d{3}\.\d{3}-\d{2}$/,
  isValid: (text) =>
    /^\d{11}$/.test(text) &&
    !/^(\d)\1*$/.test(text) &&
    digitAt(text, 9) === Number(text.charAt(9)) &&
    digitAt(text, 10) === Number(text.charAt(10)),
};
