import type { Random } from '#test/support/large/random.ts';
import { drawFromPattern } from './pattern-values.ts';
import type { ParameterSchema } from './specs.ts';
import { FIRST_NAMES, NOUNS, ADJECTIVES, LOCALES, CURRENCIES, COUNTRIES, TOP_DOMAINS, EXTENSIONS } from './words.ts';

/** Makes one value of a parameter, not yet encoded for a URL. */
export type ValueMaker = (random: Random) => string;

const BASE62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const many = (random: Random, count: number, letters: string): string =>
  Array.from({ length: count }, () => letters.charAt(random.int(0, letters.length - 1))).join('');
const two = (value: number): string => String(value).padStart(2, '0');

export const slug: ValueMaker = (random) =>
  random.chance(0.3)
    ? random.pick(NOUNS)
    : `${random.pick(ADJECTIVES)}-${random.pick(NOUNS)}${random.chance(0.25) ? `-${random.pick(NOUNS)}` : ''}${random.chance(0.1) ? `-${String(random.int(2, 9))}` : ''}`;
const username: ValueMaker = (random) => {
  const name = random.pick(FIRST_NAMES);
  const form = random.next();
  if (form < 0.4) return name;
  if (form < 0.6) return `${name}${String(random.int(1, 99))}`;
  return form < 0.8 ? `${name}.${random.pick(NOUNS)}` : `${random.pick(ADJECTIVES)}_${name}`;
};
const day: ValueMaker = (random) => `20${String(random.int(15, 26))}-${two(random.int(1, 12))}-${two(random.int(1, 28))}`;
const word: ValueMaker = (random) => random.pick(NOUNS);
const title: ValueMaker = (random) => {
  const noun = random.pick(NOUNS);
  return `${noun.charAt(0).toUpperCase()}${noun.slice(1)}`;
};
const fileName: ValueMaker = (random) => `${slug(random)}.${random.pick(EXTENSIONS)}`;
const email: ValueMaker = (random) => `${random.pick(FIRST_NAMES)}.${random.pick(NOUNS)}@${random.pick(ADJECTIVES)}.test`;
const domain: ValueMaker = (random) => `${random.pick(ADJECTIVES)}${random.pick(NOUNS)}.${random.pick(TOP_DOMAINS)}`;
const integer: ValueMaker = (random) => String(Math.floor(Math.exp(random.next() * 13)) + 1);
const uuid: ValueMaker = (random) => random.uuid();

/** How an API writes the ids of one kind of thing; chosen once per parameter. */
const ID_STYLES: readonly (readonly [name: string, share: number, make: ValueMaker])[] = [
  ['number', 0.34, integer],
  ['uuid', 0.24, uuid],
  ['hex', 0.14, (random) => random.hex(24)],
  ['base62', 0.14, (random) => many(random, 11, BASE62)],
  ['slug', 0.09, slug],
  ['code', 0.05, (random) => `${many(random, 3, 'ABCDEFGHKLMNPRSTUVWX')}${many(random, 3, '0123456789')}`],
];

/** Chooses a style of ids by its share. */
function chooseIdStyle(random: Random): ValueMaker {
  let left = random.next();
  for (const [, share, make] of ID_STYLES) {
    left -= share;
    if (left < 0) return make;
  }
  return integer;
}

/** What a name says about its values. The first that matches counts. */
const BY_NAME: readonly (readonly [name: RegExp, make: ValueMaker | 'id'])[] = [
  [/uuid|guid/i, uuid],
  [/e-?mail/i, email],
  [/locale|^lang(?:uage)?(?:_?code|Id)?$/i, (random) => random.pick(LOCALES)],
  [/currency|^(?:base|quote|coin|fiat)$/i, (random) => random.pick(CURRENCIES)],
  [/country|region_?code|^cc$/i, (random) => random.pick(COUNTRIES)],
  [/year/i, (random) => String(random.int(1998, 2026))],
  [/^month$/i, (random) => two(random.int(1, 12))],
  [/^day$/i, (random) => two(random.int(1, 28))],
  [/timestamp|epoch/i, (random) => String(random.int(1_500_000_000, 1_790_000_000))],
  [/^date|[_-]date|Date$|^(?:from|to|start|end|since|until)$/, day],
  [/sha256|digest$/i, (random) => random.hex(64)],
  [/^sha\d*$|[_-]sha|Sha$|hash|checksum|commit|revision/i, (random) => random.hex(40)],
  [/^(?:ip|ip_?address|address_?ip)$/i, (random) => `192.0.2.${String(random.int(1, 254))}`],
  [/domain|host_?name|^host$|fqdn/i, domain],
  [/file_?name|^file$|^path$|file_?path|asset_?path|^key$|object_?key/i, fileName],
  [/^ext$|format$|extension/i, (random) => random.pick(EXTENSIONS)],
  [
    /version/i,
    (random) =>
      random.chance(0.5)
        ? `${String(random.int(1, 9))}.${String(random.int(0, 20))}.${String(random.int(0, 9))}`
        : `v${String(random.int(1, 9))}`,
  ],
  [/zip|postal|postcode/i, (random) => many(random, 5, '0123456789')],
  [/phone|msisdn|number$/i, (random) => many(random, 9, '123456789')],
  [/^(?:lat|lon|lng|latitude|longitude)$/i, (random) => `${String(random.int(-89, 89))}.${many(random, 4, '123456789')}`],
  [
    /(?:^|[_-])arn$|Arn$|ARN$/,
    (random) => `arn:aws:svc:eu-west-1:${many(random, 12, '123456789')}:${random.pick(NOUNS)}/${random.pick(NOUNS)}`,
  ],
  [/isbn|^ean|gtin|barcode/i, (random) => many(random, 13, '123456789')],
  [/symbol|ticker|iata|icao|station_?code|airport/i, (random) => many(random, random.int(3, 4), 'ABCDEFGHIJKLMNOPRSTUVWYZ')],
  [
    /^(?:page|limit|offset|index|position|level|count|size|width|height|x|y|z|season|episode|round|week)$/i,
    (random) => String(random.int(1, 60)),
  ],
  [/slug|permalink|handle$|alias/i, slug],
  [/user_?name|^user$|login|owner|^account$|author|^member$|handle/i, username],
  [/first_?name|last_?name/i, title],
  [
    /(?:^|[-_.])(?:id|ids|key|token|sid|code|no|nr|num|ref|reference)$|(?:Id|ID|Ids|Key|Token|Sid|Code|No|Ref|Identifier|Number)$|^id|identifier|^sid$/,
    'id',
  ],
  [
    /tag|label|topic|category|keyword|query|term|word|genre|type$|kind$|status|state$|scope|event|action|field|attribute|property|metric|mode|role$/i,
    word,
  ],
  [/city|town|place|location|area|team|player|artist|title/i, title],
  [
    /name|project|repo|org|group|bucket|queue|table|collection|database|resource|policy|folder|branch|workspace|cluster|namespace|space|channel|site|store|app|environment|service/i,
    slug,
  ],
];

/**
 * The maker for one parameter of one API: by its schema, else by its name, else ids in the style that this API has for it.
 * `random` decides the style; the values themselves are drawn later.
 */
export function makerFor(name: string, schema: ParameterSchema, random: Random): ValueMaker {
  const { enum: values, type, format, pattern, example } = schema;
  if (values !== undefined && values.length > 0) return (draw) => draw.pick(values);
  if (type === 'boolean') return (draw) => String(draw.chance(0.5));
  if (type === 'integer' || type === 'number') return numberMaker(name, schema);
  const formatted = byFormat(format);
  if (formatted !== undefined) return formatted;
  const drawn = pattern === undefined ? undefined : drawFromPattern(pattern);
  if (drawn !== undefined) return drawn;
  const alike = example === undefined ? undefined : likeExample(example);
  if (alike !== undefined) return alike;
  const named = BY_NAME.find(([expression]) => expression.test(name))?.[1] ?? 'id';
  return named === 'id' ? chooseIdStyle(random) : named;
}

function numberMaker(name: string, { minimum, maximum }: ParameterSchema): ValueMaker {
  if (maximum !== undefined && Number.isInteger(maximum) && maximum < 1e9) {
    const low = Math.max(0, Math.ceil(minimum ?? 1));
    return (draw) => String(draw.int(low, Math.max(low, maximum)));
  }
  const named = BY_NAME.find(([expression, make]) => make !== 'id' && expression.test(name))?.[1];
  if (named === undefined || named === 'id') return integer;
  return (draw) => {
    const value = named(draw);
    return /^-?[\d.]+$/.test(value) ? value : integer(draw);
  };
}

function byFormat(format: string | undefined): ValueMaker | undefined {
  switch (format) {
    case 'uuid':
    case 'guid':
      return uuid;
    case 'date':
      return day;
    case 'date-time':
      return (random) => `${day(random)}T${two(random.int(0, 23))}:${two(random.int(0, 59))}:00Z`;
    case 'email':
      return email;
    case 'ipv4':
      return (random) => `192.0.2.${String(random.int(1, 254))}`;
    case 'hostname':
      return domain;
    case 'int32':
    case 'int64':
      return integer;
    default:
      return undefined;
  }
}

/** Values that look like an example with digits or capitals in it; an example of plain words tells nothing about its kind. */
export function likeExample(example: string): ValueMaker | undefined {
  if (example.length > 80 || !/^[\w.:@~-]+$/.test(example) || !/\d/.test(example)) return undefined;
  if (/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(example)) return uuid;
  if (/^\d{4}-\d{2}-\d{2}$/.test(example)) return day;
  if (/^(?=.*[a-f])[0-9a-f]{8,}$/.test(example)) return (random) => random.hex(example.length);
  const isRandom = example.length >= 8 && /[a-z]/.test(example) && /[A-Z]/.test(example);
  return (random) =>
    example.replaceAll(isRandom ? /[A-Za-z0-9]/g : /\d/g, (letter) =>
      /\d/.test(letter)
        ? String(random.int(0, 9))
        : letter >= 'a'
          ? String.fromCharCode(random.int(97, 122))
          : String.fromCharCode(random.int(65, 90)),
    );
}
