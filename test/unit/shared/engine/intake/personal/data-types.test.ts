import { expect, test } from 'vitest';
import { keysOf, priorOf } from '#shared/engine/intake/personal/data-names.ts';
import { parseSign, printSign } from '#shared/engine/intake/personal/data-signs.ts';
import { noteValueTypes } from '#shared/engine/intake/personal/data-types.ts';

function signs(field: string, value: string): readonly string[] {
  const noted: string[] = [];
  noteValueTypes(priorOf(keysOf(`$.${field}`)), value, (type, strength) => noted.push(printSign(type, strength)));
  return noted;
}

test.each([
  ['nationalInsuranceNumber', 'AB123456C', 'national-id'],
  ['bornOn', '14.03.1970', 'date-of-birth'],
  ['deliverTo', 'Bicycle Avenue 8, 20236 Reef', 'postal-address'],
  ['customer.name', 'Priya Reyes', 'person-name'],
  ['ship_to.name', 'Jonas Foster', 'person-name'],
  ['address.city', '20095 Hamburg', 'postal-address'],
  ['address[*].line[*]', 'Blk 847 Orchard Lane #05-19', 'postal-address'],
  ['taxNumber', '619-99-3188', 'us-ssn'],
  ['identifier[*].value', 'S1234567D', 'national-id'],
  ['conclusionCode[*].coding[*].code', 'E11.9', 'health'],
  ['medicationCodeableConcept.text', 'Sertraline 50 mg', 'health'],
  ['contact_phone', '07700 900176', 'phone'],
  ['due.value', '19.90', 'amount'],
  ['bankIban', 'GB82 WEST 1234 5698 7654 32', 'iban'],
  ['payload[*].contentString', 'last left of results', 'free-text'],
])('%s with %s is sure to be %s', (field, value, type) => {
  expect(signs(field, value)).toContain(type);
});

test.each([
  ['value', 'GB82WEST12345698765432', 'iban'],
  ['value', 'Kira Winter', 'person-name?'],
  ['value', '12 Mill Road', 'postal-address?'],
  ['value', '030 23125181', 'phone?'],
  ['value', '09/06/1975', 'date-of-birth?'],
  ['value', 'AB123456C', 'national-id?'],
  ['value', '123456788', 'us-ssn?'],
  ['name', 'Diamond Valley', 'person-name beside'],
  ['displayName', 'Kira Winter', 'person-name?'],
])('%s with %s is noted as %s', (field, value, sign) => {
  expect(signs(field, value)).toContain(sign);
});

test.each([
  ['address', 'db-1.internal:5432'],
  ['address', '0x52908400098527886E0F7030069857D2E4169EE7'],
  ['street', 'false'],
  ['line1', 'Overview'],
  ['displayName', 'Owner'],
  ['mobile', '58492282'],
  ['phone', 'iPhone 14'],
  ['version', '30.6.64.45'],
  ['birth', '2059-01-01'],
  ['releasedOn', '1975-06-09'],
  ['patientName', 'N/A'],
  ['customerName', 'customer-12'],
  ['passport', 'passport-2024-plus'],
  ['ssn', '***-**-1234'],
  ['iban', 'DE** **** **** 1234'],
  ['total', '120'],
  ['order_id', '123456788'],
  ['code.coding[*].code', '718-7'],
  ['traceId', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'],
  ['lastFour', '**** **** **** 4242'],
  ['mac', '01:23:45:67:89:ab'],
  ['duration', '12:34:56'],
  ['reason', 'broken'],
])('%s with %s is nothing', (field, value) => {
  expect(signs(field, value)).toEqual([]);
});

test('data inside a sentence: what proves itself counts alone, the rest only with others', () => {
  expect(signs('message', 'Refund goes to account DE89 3704 0044 0532 0130 00 by Friday')).toEqual(['free-text', 'iban inside']);
  expect(signs('message', 'Her social security number is 856-45-6780.')).toContain('us-ssn inside');
  expect(signs('message', 'Patient born on 14.03.1970 has arrived.')).toContain('date-of-birth inside');
  expect(signs('message', 'Call me at +44 7700 900176 after six.')).toContain('phone? inside');
  expect(signs('message', 'Deliver it to 239 Pocket Street before noon.')).toContain('postal-address? inside');
  expect(signs('message', 'Login from 192.0.2.7 was blocked.')).toContain('ip-address? inside');
  expect(signs('message', 'NI number AB 12 34 56 C is on the form.')).toContain('national-id? inside');
  expect(signs('message', 'Build version 4.3.2.1 was rolled out on 2026-01-02 today')).toEqual(['free-text']);
});

test('a hostile text costs no more than a long one', () => {
  const texts = [
    'A'.repeat(60_000),
    'Aa '.repeat(20_000),
    '1 Aa '.repeat(10_000),
    '+1 '.repeat(20_000),
    'a:'.repeat(20_000),
    `${'Aa-'.repeat(15_000)} 12`,
  ];
  const start = performance.now();
  for (const text of texts) signs('message', text);
  expect(performance.now() - start).toBeLessThan(1500);
});

test('a sign is read back as it was written', () => {
  for (const strength of ['sure', 'inside', 'form', 'passage', 'beside'] as const)
    expect(parseSign(printSign('us-ssn', strength))).toEqual({ type: 'us-ssn', strength });
});
