import { seededRandom, type Random } from '../../large/random.ts';
import type { Answer, Catalogue, Field, IdStyle, Shape } from './api.ts';
import { makePerson, VALUES, type Person } from './values.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** One thing: which kind, and its number. */
export interface Item {
  readonly entity: string;
  readonly index: number;
}

/** What a company keeps: the same question has the same answer every time, whoever asks. */
export interface Store {
  readonly people: number;
  person(index: number): Person;
  idOf(item: Item): string;
  /** The thing with that number of those that a person owns, or any of those that belong to nobody. */
  itemOf(entity: string, owner: number, which: number): Item;
  /** Who owns it; `undefined` when it belongs to nobody. */
  ownerOf(item: Item): number | undefined;
  /** Whether nobody finds it any more: an account that was closed, or a number that was never given out. */
  isClosed(item: Item): boolean;
  /** That person, or the next who lives in the same place and whose account of that kind is open; numbers wrap around at `count`. */
  openOwner(entity: string, which: number, count: number): number;
  /** The thing with that id; ids that were never given out have none. */
  find(entity: string, id: string): Item | undefined;
  /** Any thing of a kind. */
  any(entity: string, random: Random): Item;
  answer(answer: Answer, subject: Item | undefined, listed: readonly Item[] | undefined, at: number, random: Random): Json;
  /** A body of a shape. */
  body(shape: string, owner: number, at: number, random: Random): Json;
}

/** Share of accounts that have been closed. */
const CLOSED = 1 / 11;

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SLUGS = 'trail summit harbor alpine canyon meadow glacier ridge timber coast jacket boots tent fleece lamp bottle'.split(' ');

function toId(id: IdStyle, seed: string, entity: string, index: number): string {
  if (id.style === 'integer') return String(id.first + index);
  const random = seededRandom(`${seed}/id/${entity}/${String(index)}`);
  switch (id.style) {
    case 'uuid':
      return random.uuid();
    case 'ulid':
      return `01J${Array.from({ length: 23 }, () => CROCKFORD[random.int(0, 31)] ?? '0').join('')}`;
    case 'hex24':
      return `66${random.hex(22)}`;
    case 'prefixed':
      return `${id.prefix}${random.base32(id.length)}`;
    case 'slug':
      return `${random.pick(SLUGS)}-${random.pick(SLUGS)}-${String(index)}`;
    case 'listed':
      return id.values[index] ?? `${entity}-${String(index)}`;
    case 'code':
      return `${id.prefix}-${String(1000 + index)}`;
  }
}

/** Opens what a company keeps. Shape: people and things are made when they are first asked for, from the seed. */
export function openStore(seed: string, catalogue: Catalogue, people: number): Store {
  const persons = new Map<number, Person>();
  const ids = new Map<string, string>();
  const items = new Map<string, Item>();
  const kindOf = (entity: string) => {
    const found = catalogue.entities[entity];
    if (found === undefined) throw new RangeError(`no entity ${entity}`);
    return found;
  };
  const person = (index: number): Person => {
    let found = persons.get(index);
    if (found === undefined) persons.set(index, (found = makePerson(seededRandom(`${seed}/person/${String(index)}`), index)));
    return found;
  };
  const idOf = ({ entity, index }: Item): string => {
    const key = `${entity}/${String(index)}`;
    let found = ids.get(key);
    if (found === undefined) {
      ids.set(key, (found = toId(kindOf(entity).id, seed, entity, index)));
      items.set(`${entity}=${found}`, { entity, index });
    }
    return found;
  };
  const ownerOf = ({ entity, index }: Item): number | undefined => {
    const { perPerson } = kindOf(entity);
    return perPerson === undefined ? undefined : Math.floor(index / perPerson);
  };
  const isClosed = ({ entity, index }: Item): boolean => {
    const { id, perPerson } = kindOf(entity);
    // Accounts are counted up, one each.
    if (id.style !== 'integer' || perPerson !== 1) return false;
    return index >= people || seededRandom(`${seed}/closed/${entity}/${String(index)}`).chance(CLOSED);
  };
  const itemOf = (entity: string, owner: number, which: number): Item => {
    const { perPerson, total } = kindOf(entity);
    return { entity, index: perPerson === undefined ? which % (total ?? 1) : owner * perPerson + (which % perPerson) };
  };
  const field = (value: Field, item: Item | undefined, owner: number, at: number, random: Random): Json => {
    if (typeof value === 'string') return VALUES[value].make(random, person(owner), at);
    if ('constant' in value) return value.constant;
    if ('id' in value) {
      if (item?.entity === value.id) return idOf(item);
      return idOf(itemOf(value.id, owner, random.int(0, 1_000_000)));
    }
    if ('object' in value) return render(value.object, item, owner, at, random);
    if ('array' in value) return Array.from({ length: random.int(...value.length) }, () => field(value.array, item, owner, at, random));
    return Array.from({ length: random.int(1, value.most) }, () => one(itemOf(value.list, owner, random.int(0, 1_000_000)), at));
  };
  const render = (shape: Shape, item: Item | undefined, owner: number, at: number, random: Random): Json =>
    Object.fromEntries(Object.entries(shape).map(([name, value]) => [name, field(value, item, owner, at, random)]));
  const shapeOf = (name: string): Shape => {
    const found = catalogue.shapes[name];
    if (found === undefined) throw new RangeError(`no shape ${name}`);
    return found;
  };
  // A thing looks the same in every answer of a day, in a list and alone.
  const one = (item: Item, at: number): Json => {
    const random = seededRandom(`${seed}/${item.entity}/${String(item.index)}`);
    return render(shapeOf(kindOf(item.entity).shape), item, ownerOf(item) ?? 0, Math.floor(at / 86_400_000) * 86_400_000, random);
  };
  return {
    people,
    person,
    idOf,
    ownerOf,
    itemOf,
    isClosed,
    openOwner: (entity, which, count) => {
      let found = which % count;
      while (isClosed({ entity, index: found })) found = (found + 2) % count;
      return found;
    },
    find: (entity, id) => {
      const { id: style, perPerson, total } = kindOf(entity);
      if (style.style === 'listed') return style.values.includes(id) ? { entity, index: style.values.indexOf(id) } : undefined;
      if (style.style !== 'integer') return items.get(`${entity}=${id}`);
      const index = Number(id) - style.first;
      const count = perPerson === undefined ? (total ?? 1) : perPerson * people;
      return index >= 0 && index < count ? { entity, index } : undefined;
    },
    any: (entity, random) => itemOf(entity, random.int(0, people - 1), random.int(0, 1_000_000)),
    answer: (answer, subject, listed, at, random) => {
      if ('one' in answer) return subject === undefined ? { error: 'not_found' } : one(subject, at);
      if ('shape' in answer) return render(shapeOf(answer.shape), subject, subject === undefined ? 0 : (ownerOf(subject) ?? 0), at, random);
      const { wrap } = answer;
      const rows = (listed ?? []).map((item) => one(item, at));
      return { [answer.at]: wrap === undefined ? rows : rows.map((row) => ({ [wrap]: row })), next: null };
    },
    body: (shape, owner, at, random) => render(shapeOf(shape), undefined, owner, at, random),
  };
}
