import type { Random } from '#test/support/large/random.ts';
import { makerFor, slug, type ValueMaker } from './parameter-values.ts';
import type { TruthSpec, TruthTemplate } from './specs.ts';

/** A request as a server logs it, and which template it was made from. */
export interface TruthRequest {
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Method and path template; `undefined` for noise. */
  readonly template: string | undefined;
}

/** Requests of a template: a few have many. */
const FEWEST = 5;
const MOST = 60;
/** Above 1: more templates with few requests. The mean is 5 + 55 / 2.2 = 30, that of the published floors. */
const SKEW = 1.2;
const NOISE = 0.02;
/** Different values that an API's parameter has in the time of a log; popular ones come again. */
const VALUES = [8, 2000] as const;

const encode = (value: string): string => encodeURIComponent(value).replaceAll('%3A', ':').replaceAll('%40', '@').replaceAll('%2C', ',');

/** The name under which a template is known: method and path with its parameters unnamed. */
const templateKey = (template: Pick<TruthTemplate, 'method' | 'path'>): string =>
  `${template.method} ${template.path.replaceAll(/\{[^}]*\}/g, '{}')}`;

/** Requests for every template of a description, and 2 % on paths that it does not know. Everything hangs on the seed and on names. */
export function makeRequests(spec: TruthSpec, random: Random): readonly TruthRequest[] {
  const own = random.fork(spec.name);
  const pools = new Map<string, readonly string[]>();
  const requests: TruthRequest[] = [];
  for (const template of spec.templates) {
    const key = templateKey(template);
    const draw = own.fork(key);
    const count = FEWEST + Math.floor((MOST - FEWEST + 1) * draw.next() ** SKEW);
    for (let made = 0; made < count; made += 1)
      requests.push({
        host: spec.host,
        method: template.method,
        path: fill(template, own, pools, draw),
        status: statusOf(template.method, draw),
        template: key,
      });
  }
  const noise = own.fork('noise');
  for (let made = Math.round(requests.length * NOISE); made > 0; made -= 1)
    requests.push({ host: spec.host, method: 'GET', path: strayPath(spec, noise), status: 404, template: undefined });
  return requests;
}

function fill(template: TruthTemplate, own: Random, pools: Map<string, readonly string[]>, draw: Random): string {
  let before = '';
  return template.path
    .split('/')
    .map((segment) => {
      const filled = segment.replaceAll(/\{([^}]*)\}/g, (_, name: string) => {
        // The same name after the same word is the same parameter wherever it stands: its style is chosen once.
        const place = `${before} ${name}`;
        let pool = pools.get(place);
        if (pool === undefined)
          pools.set(
            place,
            (pool = makePool(makerFor(name, template.parameters.get(name) ?? {}, own.fork(place)), own.fork(`${place} values`))),
          );
        return encode(popular(pool, draw));
      });
      if (!segment.includes('{')) before = segment;
      return filled;
    })
    .join('/');
}

function makePool(make: ValueMaker, random: Random): readonly string[] {
  const [few, most] = VALUES;
  const size = Math.round(Math.exp(Math.log(few) + random.next() * Math.log(most / few)));
  return Array.from({ length: size }, () => {
    const value = make(random);
    return value === '' || value === '.' || value === '..' ? 'x1' : value;
  });
}

/** The first of a pool are drawn most often. */
const popular = (pool: readonly string[], draw: Random): string => pool[Math.floor(pool.length * draw.next() ** 1.6)] ?? '';

function statusOf(method: string, draw: Random): number {
  const chance = draw.next();
  if (chance < 0.9) return method === 'POST' ? 201 : method === 'DELETE' ? 204 : 200;
  return chance < 0.95 ? 404 : chance < 0.98 ? 403 : 500;
}

function strayPath(spec: TruthSpec, random: Random): string {
  const known = random
    .pick(spec.templates)
    .path.split('/')
    .filter((segment) => segment !== '' && !segment.includes('{'));
  const kept = known.slice(0, random.int(0, Math.min(2, known.length)));
  const strays = Array.from({ length: random.int(1, 3) }, () => (random.chance(0.3) ? `${slug(random)}.php` : slug(random)));
  return `/${[...kept, ...strays].join('/')}`;
}
