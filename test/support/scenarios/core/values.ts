import type { Random } from '../../large/random.ts';
import { toNationalId } from './national-id.ts';

/** Kinds of data that a reader of the evidence should name; the names are those of `report.json`. */
export type DataType =
  | 'email'
  | 'phone'
  | 'person-name'
  | 'postal-address'
  | 'date-of-birth'
  | 'payment-card'
  | 'iban'
  | 'us-ssn'
  | 'national-id'
  | 'health'
  | 'geolocation'
  | 'ip-address'
  | 'device-id'
  | 'api-key'
  | 'password'
  | 'jwt'
  | 'amount'
  | 'free-text';

/** A made-up person; numbers have right check digits and belong to nobody. */
export interface Person {
  readonly index: number;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly street: string;
  readonly city: string;
  readonly born: string;
  readonly card: string;
  readonly iban: string;
  readonly ssn: string;
}

const FIRST =
  'Amelie Jonas Mira Tobias Leonie Henrik Paula Emre Sophie Lukas Grace Dylan Maya Owen Nora Caleb Ivy Marcus Elena Theo Priya Arjun Ines Rui Wei Hana'.split(
    ' ',
  );
const LAST =
  'Brandt Vogel Keller Lorenz Seidel Arslan Winter Huber Novak Lindner Hayes Porter Quinn Sullivan Reyes Foster Bennett Coleman Marsh Iyer Menon Costa Pinto Tan Lim'.split(
    ' ',
  );
const STREETS = ['Lindenstraße', 'Hafenstraße', 'Gartenweg', 'Maple Street', 'Canal Street', 'Mill Road', 'Rua do Sol', 'Orchard Lane'];
const CITIES = ['10115 Berlin', '20095 Hamburg', 'Boston, MA 02108', 'Albany, NY 12207', '1100 Lisboa', 'Singapore 049315'];
const WORDS =
  'order late parcel please thank refund address changed waiting broken box colour wrong size again invoice weekend delivery soon question'.split(
    ' ',
  );
const COMPLAINTS =
  'cough since monday left knee swollen again headache at night renewal of prescription rash on arm results of last test please dizzy after medicine follow-up'.split(
    ' ',
  );
const MEDICINES = ['Metformin 500 mg', 'Amlodipine 5 mg', 'Salbutamol inhaler', 'Omeprazole 20 mg', 'Sertraline 50 mg', 'Ibuprofen 400 mg'];
const DIAGNOSES = ['J45.909', 'E11.9', 'I10', 'M54.50', 'F41.1', 'K21.9', 'N39.0'];

const digits = (random: Random, count: number): string => Array.from({ length: count }, () => String(random.int(0, 9))).join('');

/** Appends the digit that makes the whole pass. Source: ISO/IEC 7812-1, Luhn. */
function withLuhn(body: string): string {
  let sum = 0;
  for (let index = 0; index < body.length; index += 1) {
    const digit = Number(body[body.length - 1 - index]);
    sum += index % 2 === 0 ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit;
  }
  return `${body}${String((10 - (sum % 10)) % 10)}`;
}

/** A German account number in international form. Source: ISO 13616, mod 97-10. */
function toIban(account: string): string {
  const digitsOnly = BigInt(`${account}131400`); // account, then DE as 13 14, then 00
  const check = 98n - (digitsOnly % 97n);
  return `DE${check.toString().padStart(2, '0')}${account}`;
}

/** The person of that number; the same random source gives the same person. */
export function makePerson(random: Random, index: number): Person {
  const name = `${random.pick(FIRST)} ${random.pick(LAST)}`;
  return {
    index,
    name,
    email: `${name.toLowerCase().replace(' ', '.')}${String(index)}@mail.example`,
    phone: random.chance(0.5) ? `+4930${digits(random, 8)}` : `+1212555${digits(random, 4)}`,
    street: `${random.pick(STREETS)} ${String(random.int(1, 160))}`,
    city: random.pick(CITIES),
    born: `${String(random.int(1948, 2006))}-${String(random.int(1, 12)).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`,
    card: withLuhn(`${random.pick(['4000', '4539', '5155', '5412'])}${digits(random, 11)}`),
    iban: toIban(digits(random, 18)),
    ssn: `${String(random.int(100, 665))}-${String(random.int(10, 99))}-${String(random.int(1000, 9999))}`,
  };
}

interface Value {
  readonly label?: DataType;
  /** As it stands in an OpenAPI document. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** `at` is when the answer is given, in epoch ms. */
  make(random: Random, person: Person, at: number): string | number | boolean;
}

const text = { type: 'string' };
const integer = { type: 'integer' };

/** All leaves that bodies are made of. */
export const VALUES = {
  name: { label: 'person-name', schema: text, make: (_, { name }) => name },
  email: { label: 'email', schema: { type: 'string', format: 'email' }, make: (_, { email }) => email },
  phone: { label: 'phone', schema: text, make: (_, { phone }) => phone },
  street: { label: 'postal-address', schema: text, make: (_, { street }) => street },
  city: { label: 'postal-address', schema: text, make: (_, { city }) => city },
  born: { label: 'date-of-birth', schema: { type: 'string', format: 'date' }, make: (_, { born }) => born },
  card: { label: 'payment-card', schema: text, make: (_, { card }) => card },
  'masked-card': { schema: text, make: (_, { card }) => `**** **** **** ${card.slice(-4)}` },
  iban: { label: 'iban', schema: text, make: (_, { iban }) => iban },
  ssn: { label: 'us-ssn', schema: text, make: (_, { ssn }) => ssn },
  diagnosis: { label: 'health', schema: text, make: (random) => random.pick(DIAGNOSES) },
  latitude: { label: 'geolocation', schema: { type: 'number' }, make: (random) => Number((35 + random.next() * 25).toFixed(5)) },
  longitude: { label: 'geolocation', schema: { type: 'number' }, make: (random) => Number((-10 + random.next() * 30).toFixed(5)) },
  address: { label: 'ip-address', schema: text, make: (random) => `203.0.113.${String(random.int(2, 250))}` },
  device: { label: 'device-id', schema: text, make: (random) => random.uuid().toUpperCase() },
  amount: { label: 'amount', schema: { type: 'number' }, make: (random) => Number(random.around(60, 0.8).toFixed(2)) },
  currency: { schema: text, make: (random) => random.pick(['EUR', 'EUR', 'USD']) },
  key: { label: 'api-key', schema: text, make: (random) => `sk_live_${random.base32(32)}` },
  note: {
    label: 'free-text',
    schema: text,
    make: (random) => Array.from({ length: random.int(4, 14) }, () => random.pick(WORDS)).join(' '),
  },
  title: { schema: text, make: (random) => `${random.pick(WORDS)} ${random.pick(WORDS)}` },
  state: {
    schema: { type: 'string', enum: ['open', 'paid', 'sent', 'closed'] },
    make: (random) => random.pick(['open', 'paid', 'sent', 'closed']),
  },
  role: { schema: text, make: (random) => random.pick(['member', 'member', 'member', 'editor']) },
  flag: { schema: { type: 'boolean' }, make: (random) => random.chance(0.7) },
  count: { schema: integer, make: (random) => random.int(0, 60) },
  moment: {
    schema: { type: 'string', format: 'date-time' },
    make: (random, _, at) => new Date(at - random.int(0, 40 * 86_400) * 1000).toISOString(),
  },
  /** Sixteen digits that fail the check of a card. */
  'order-number': {
    schema: text,
    make: (random) => {
      const right = withLuhn(`90${digits(random, 13)}`);
      return `${right.slice(0, -1)}${String((Number(right.at(-1)) + 1 + random.int(0, 7)) % 10)}`;
    },
  },
  /** Portuguese for persons of even numbers, of Singapore for the others. */
  'national-id': { label: 'national-id', schema: text, make: (_, person) => toNationalId(person) },
  'masked-national-id': { schema: text, make: (_, person) => `*****${toNationalId(person).slice(-4)}` },
  /** A mobile phone in Portugal or in Singapore. */
  'mobile-phone': {
    label: 'phone',
    schema: text,
    make: (_, { index, card }) => (index % 2 === 0 ? `+3519${card.slice(5, 13)}` : `+659${card.slice(6, 13)}`),
  },
  'home-street': {
    label: 'postal-address',
    schema: text,
    make: (_, { index, card }) =>
      index % 2 === 0
        ? `Rua do Sol ${card.slice(6, 8)}, 2.º Dto`
        : `Blk ${card.slice(6, 9)} Orchard Lane #0${card.slice(9, 10)}-1${card.slice(10, 11)}`,
  },
  'home-city': {
    label: 'postal-address',
    schema: text,
    make: (_, { index, card }) =>
      index % 2 === 0 ? `1${card.slice(5, 6)}00-1${card.slice(7, 9)} Lisboa` : `Singapore 0${card.slice(5, 10)}`,
  },
  password: { label: 'password', schema: text, make: (random) => `${random.base32(6)}-${random.base32(5)}-7` },
  /** What a patient says is wrong. */
  complaint: {
    label: 'free-text',
    schema: text,
    make: (random) => Array.from({ length: random.int(4, 12) }, () => random.pick(COMPLAINTS)).join(' '),
  },
  medicine: { label: 'health', schema: text, make: (random) => random.pick(MEDICINES) },
  /** A reading of a body: degrees, beats, mmol. */
  vital: { schema: { type: 'number' }, make: (random) => Number((4 + random.next() * 130).toFixed(1)) },
  'small-number': { schema: integer, make: (random) => random.int(0, 9) },
  /** Sixteen digits that begin as those of a card do and fail its check. */
  'record-number': {
    schema: text,
    make: (random) => {
      const right = withLuhn(`4${digits(random, 14)}`);
      return `${right.slice(0, -1)}${String((Number(right.at(-1)) + 1 + random.int(0, 7)) % 10)}`;
    },
  },
  digest: { schema: text, make: (random) => random.hex(64) },
  version: { schema: text, make: (random) => `1.${String(random.int(0, 40))}.${String(random.int(0, 9))}` },
  commit: { schema: text, make: (random) => random.hex(40) },
  branch: { schema: text, make: (random) => `${random.pick(['feature', 'fix', 'chore'])}/${random.pick(WORDS)}-${random.pick(WORDS)}` },
  millis: { schema: integer, make: (random) => Math.round(random.around(900, 1)) },
} as const satisfies Readonly<Record<string, Value>>;

export type ValueName = keyof typeof VALUES;
