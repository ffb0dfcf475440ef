import type { Echo, Exchange } from './exchange.ts';
import type { Json } from './store.ts';

/** Shorter values stand in many answers by chance. Units: UTF-16 units. */
const SHORTEST = 6;
/** Of a value that stands in every answer, so many of the latest places are kept. */
const MOST_PLACES = 12;

/** What a text holds when it is JSON. */
function parseInside(text: string): Json | undefined {
  if (!/^(?:\{"|\[["{])/.test(text)) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Texts and numbers of a document with their places; JSON inside of a text is opened, as `$.content|$.text`. */
function leavesOf(document: Json | undefined, at: string): readonly (readonly [text: string, at: string])[] {
  if (document === undefined || document === null || typeof document === 'boolean') return [];
  if (typeof document === 'object') {
    const steps: readonly (readonly [string, Json])[] = Array.isArray(document)
      ? document.map((item: Json, index): readonly [string, Json] => [`${at}[${String(index)}]`, item])
      : Object.entries(document).map(([name, item]): readonly [string, Json] => [`${at}.${name}`, item]);
    return steps.flatMap(([place, item]) => leavesOf(item, place));
  }
  const text = String(document);
  const inside = parseInside(text);
  if (inside === undefined) return text.length < SHORTEST ? [] : [[text, at]];
  return leavesOf(inside, `${at}|$`);
}

/** Where values of the earlier answers of one session stand in its later requests. */
export interface EchoFinder {
  find(request: Pick<Exchange, 'operation' | 'path' | 'query' | 'requestBody'>): readonly Echo[];
  /** Keeps the answer. */
  add(exchange: Exchange): void;
}

function placesOf({ operation, path, query, requestBody }: Parameters<EchoFinder['find']>[0]): readonly (readonly [string, string])[] {
  const template = operation?.path.split('/') ?? [];
  const segments = path.split('/').flatMap((segment, index): readonly (readonly [string, string])[] => {
    const named = template[index];
    return named?.startsWith('{') === true ? [[decodeURIComponent(segment), `path ${named}`]] : [];
  });
  const parameters = [...new URLSearchParams(query)].map(([key, value]): readonly [string, string] => [value, `query ${key}`]);
  return [...segments, ...parameters, ...leavesOf(requestBody, 'body $')];
}

/** Begins to listen to a session. Cost: a look-up for each leaf of a request. */
export function findEchoes(): EchoFinder {
  const places = new Map<string, { readonly from: Exchange; readonly fromAt: string }[]>();
  return {
    find: (request) =>
      placesOf(request).flatMap(([text, toAt]) => (places.get(text) ?? []).map(({ from, fromAt }): Echo => ({ from, fromAt, toAt }))),
    add: (exchange) => {
      for (const [text, fromAt] of leavesOf(exchange.responseBody, 'response $')) {
        const found = places.get(text);
        if (found === undefined) places.set(text, [{ from: exchange, fromAt }]);
        else found.push({ from: exchange, fromAt });
        if (found !== undefined && found.length > MOST_PLACES) found.shift();
      }
    },
  };
}
