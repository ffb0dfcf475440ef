import type { NationalId } from './national-id.ts';

const LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE';

/** Spanish DNI and, for foreigners, NIE (X, Y, Z stand for 0, 1, 2): the letter is the remainder modulo 23. Source: Ministerio del Interior. */
export const esDni: NationalId = {
  id: 'es-dni',
  names: ['dni', 'nie', 'nifdni', 'documentoidentidad', 'dninie'],
  form: /^(?:\d{8}|[XYZ]-?\d{7})-?[A-Z]$/,
  isValid(text) {
    const match = /^([XYZ]?)(\d{7,8})([A-Z])$/.exec(text);
    if (match === null || text.length !== 9) return false;
    const [, first = '', digits = '', letter] = match;
    const number = Number((first === '' ? '' : String('XYZ'.indexOf(first))) + digits);
    return LETTERS.charAt(number % 23) === letter;
  },
};
