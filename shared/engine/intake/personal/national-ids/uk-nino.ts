import type { NationalId } from './national-id.ts';

/** UK national insurance number. Source: HMRC, National Insurance Manual NIM39110; it has no check digit. */
export const ukNino: NationalId = {
  id: 'uk-nino',
  names: ['nino', 'ninumber', 'nationalinsurancenumber', 'nationalinsuranceno', 'insuranceno', 'insurancenumber'],
  form: /^[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?: ?\d{2}){3} ?[A-D]$/,
  isValid: (text) => /^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/.test(text),
};
