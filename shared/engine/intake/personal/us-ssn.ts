const FORM = /^(\d{3})-?(\d{2})-?(\d{4})$/;

/** US social security number: area not 000, 666 or 9xx, group not 00, serial not 0000 (SSA rules). */
export function isSsn(value: string): boolean {
  const [, area = '', group = '', serial = ''] = FORM.exec(value) ?? [];
  return (
    area !== '' &&
    area !== '000' &&
    area !== '666' &&
    !area.startsWith('9') &&
    group !== '00' &&
    serial !== '0000' &&
    // Printed on sample cards for decades.
    value !== '123-45-6789' &&
    value !== '078-05-1120'
  );
}
