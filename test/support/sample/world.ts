import type { Random } from '../large/random.ts';
import type { Zone } from './calendar.ts';

/** Names of the estate; all under reserved top-level domains. */
export const HOSTS = {
  storefront: 'www.acme-outfitters.test',
  api: 'api.acme-outfitters.test',
  tools: 'tools.acme-outfitters.test',
  identity: 'https://id.acme-outfitters.test',
  login: 'https://login.acme-outfitters.test',
  payments: 'payments.acme-outfitters.test',
  carrier: 'intake.parcelwise.example',
  model: 'llm.modelhub.example',
  foreign: 'collect.dropzone.example',
} as const;

export interface Product {
  readonly sku: string;
  readonly slug: string;
  readonly title: string;
  readonly cents: number;
}

export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly street: string;
  readonly city: string;
  readonly zone: Zone;
  readonly ip: string;
  readonly userAgent: string;
  /** The account's subject at the identity provider. */
  readonly subject: string;
  readonly cards: readonly Card[];
}

export interface Card {
  readonly id: string;
  readonly number: string;
  readonly brand: string;
  readonly expiry: string;
}

export interface Order {
  readonly id: string;
  readonly customer: Customer;
  readonly shipmentId: string;
  readonly products: readonly Product[];
  readonly createdAt: number;
}

export interface World {
  readonly products: readonly Product[];
  /** By rising id; some ids between them belong to closed accounts. */
  readonly customers: readonly Customer[];
  /** Those who shop and write tickets. */
  readonly active: readonly Customer[];
  /** The others: accounts of one old campaign, numbered in a row, that hardly anybody uses. */
  readonly quiet: readonly Customer[];
  /** Orders from before the first day. */
  readonly orders: readonly Order[];
}

/** Card numbers that payment providers publish for tests; each passes the Luhn check and belongs to nobody. */
export const TEST_CARDS: readonly (readonly [brand: string, number: string])[] = [
  ['visa', '4242424242424242'],
  ['visa', '4111111111111111'],
  ['visa', '4012888888881881'],
  ['visa', '4000056655665556'],
  ['mastercard', '5555555555554444'],
  ['mastercard', '5105105105105100'],
  ['mastercard', '5200828282828210'],
  ['mastercard', '2223003122003222'],
  ['amex', '378282246310005'],
  ['amex', '371449635398431'],
  ['discover', '6011111111111117'],
  ['discover', '6011000990139424'],
  ['jcb', '3566002020360505'],
  ['diners', '3056930009020004'],
];

export const BROWSERS: readonly string[] = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
];

const FIRST_NAMES = [
  'Amelie',
  'Jonas',
  'Mira',
  'Tobias',
  'Leonie',
  'Henrik',
  'Paula',
  'Emre',
  'Sophie',
  'Lukas',
  'Grace',
  'Dylan',
  'Maya',
  'Owen',
  'Nora',
  'Caleb',
  'Ivy',
  'Marcus',
  'Elena',
  'Theo',
];
const LAST_NAMES = [
  'Brandt',
  'Vogel',
  'Keller',
  'Lorenz',
  'Seidel',
  'Arslan',
  'Winter',
  'Huber',
  'Novak',
  'Lindner',
  'Hayes',
  'Porter',
  'Quinn',
  'Sullivan',
  'Reyes',
  'Foster',
  'Bennett',
  'Coleman',
  'Marsh',
  'Whitaker',
];
const CITIES: Readonly<Record<Zone, readonly string[]>> = {
  'Europe/Berlin': ['10115 Berlin', '20095 Hamburg', '50667 Köln', '80331 München', '04109 Leipzig'],
  'America/New_York': ['New York, NY 10001', 'Boston, MA 02108', 'Philadelphia, PA 19103', 'Albany, NY 12207'],
};
const STREETS: Readonly<Record<Zone, readonly string[]>> = {
  'Europe/Berlin': ['Lindenstraße', 'Am Markt', 'Gartenweg', 'Hafenstraße'],
  'America/New_York': ['Maple Street', 'Canal Street', 'Orchard Lane', 'Mill Road'],
};
const LINES = ['Trail', 'Summit', 'Harbor', 'Alpine', 'Canyon', 'Meadow', 'Glacier', 'Ridge', 'Timber', 'Coast'];
const KINDS = ['Jacket', 'Boots', 'Backpack', 'Tent', 'Fleece', 'Gloves', 'Lamp', 'Bottle'];
/** The first customer number that the sample uses. */
const FIRST_CUSTOMER = 10_048_700;
const CUSTOMER_COUNT = 360;
/** Numbers of the quiet accounts, from the first number on. */
const QUIET_FROM = 190;
const QUIET_TO = 260;
/** Share of numbers whose account was closed: asking for them gives 404. */
const CLOSED_SHARE = 0.1;

function makeProducts(): readonly Product[] {
  return LINES.flatMap((line, at) =>
    KINDS.map((kind, index) => ({
      sku: `AO-${line.slice(0, 3).toUpperCase()}-${String(1000 + at * 80 + index * 7)}`,
      slug: `${line}-${kind}`.toLowerCase(),
      title: `${line} ${kind}`,
      cents: 1990 + ((at * 977 + index * 2311) % 24000),
    })),
  );
}

function makeCustomer(random: Random, id: number): Customer {
  const zone: Zone = random.chance(0.6) ? 'Europe/Berlin' : 'America/New_York';
  const name = `${random.pick(FIRST_NAMES)} ${random.pick(LAST_NAMES)}`;
  const block = zone === 'Europe/Berlin' ? 'a1' : 'b2';
  const cards = Array.from({ length: random.chance(0.3) ? 2 : 1 }, (): Card => {
    const [brand, number] = random.pick(TEST_CARDS);
    return {
      id: `pm_${random.base32(16)}`,
      number,
      brand,
      expiry: `${String(random.int(1, 12)).padStart(2, '0')}/${String(random.int(27, 31))}`,
    };
  });
  return {
    id: String(id),
    name,
    zone,
    cards,
    email: `${name.toLowerCase().replace(' ', '.')}${String(id % 97)}@mail.example`,
    phone: zone === 'Europe/Berlin' ? `+4930555${random.int(10000, 99999).toString()}` : `+1212555${random.int(1000, 9999).toString()}`,
    street: `${random.pick(STREETS[zone])} ${String(random.int(1, 140))}`,
    city: random.pick(CITIES[zone]),
    ip: random.chance(0.5)
      ? `2001:db8:${block}${random.int(16, 27).toString(16)}:${random.int(1, 4095).toString(16)}::${random.int(1, 65535).toString(16)}`
      : `203.0.113.${String(random.int(2, 250))}`,
    userAgent: random.pick(BROWSERS),
    subject: `usr_${random.base32(12)}`,
  };
}

/** Makes an order of one to three products. */
export function makeOrder(random: Random, world: Pick<World, 'products'>, customer: Customer, createdAt: number): Order {
  const products = Array.from({ length: random.int(1, 3) }, () => random.pick(world.products));
  return { id: `ord_${random.base32(14)}`, shipmentId: `shp_${random.base32(12)}`, customer, products, createdAt };
}

/** The shop as it is on the first morning. */
export function makeWorld(random: Random, firstDay: number): World {
  const products = makeProducts();
  const customers: Customer[] = [];
  for (let id = FIRST_CUSTOMER; id < FIRST_CUSTOMER + CUSTOMER_COUNT; id += 1) {
    if (!random.chance(CLOSED_SHARE)) customers.push(makeCustomer(random, id));
  }
  const isQuiet = ({ id }: Customer): boolean => Number(id) >= FIRST_CUSTOMER + QUIET_FROM && Number(id) < FIRST_CUSTOMER + QUIET_TO;
  const active = customers.filter((customer) => !isQuiet(customer));
  const orders = Array.from({ length: 400 }, () => {
    const daysAgo = random.int(1, 20);
    return makeOrder(random, { products }, random.pick(active), firstDay - daysAgo * 86_400_000 + random.int(0, 86_399) * 1000);
  });
  return { products, customers, active, quiet: customers.filter(isQuiet), orders };
}
