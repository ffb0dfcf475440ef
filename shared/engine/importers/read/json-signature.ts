import { JsonCutter } from '../../../lib/json-cutter.ts';
import { headText } from '../../../lib/text-bytes.ts';

/** Objects of the head that are looked at. */
const LOOKED_AT = 20;

/**
 * Keys of the first objects in a head, `a` and `a.b` each, whether the head ends inside of one or not.
 * Shape: objects at the top, or in one list at the top; a JSONP call around them does not matter. Text lines between them do not either.
 */
export function listJsonKeys(head: Uint8Array): readonly ReadonlySet<string>[] {
  const known = listed.get(head);
  if (known !== undefined) return known;
  const keys = readJsonKeys(head);
  listed.set(head, keys);
  return keys;
}

/** Every format of JSON asks for the keys of the same head: they are read once, and forgotten with it. */
const listed = new WeakMap<Uint8Array, readonly ReadonlySet<string>[]>();

function readJsonKeys(head: Uint8Array): readonly ReadonlySet<string>[] {
  const text = headText(head).trimStart();
  // Anything but a JSON start or a JSONP call is another format; `[` alone may also begin a text line: `[24/Jan/2022`.
  if (!/^(?:[{[]|[A-Za-z_$][\w$.]*\s*\()/.test(text)) return listLineKeys(text);
  // One object a line: the lines between may be anything, a `[` among them is no list.
  if (/^\{[^\r\n]*\}[ \t]*(?:\r|\n)/.test(text)) return listLineKeys(text);
  const objects = keysOf(text);
  return objects.length > 0 ? objects : listLineKeys(text);
}

/** The same, line by line, for logs whose JSON lines stand between others. */
function listLineKeys(text: string): readonly ReadonlySet<string>[] {
  return text
    .split(/\r\n|\n|\r/, LOOKED_AT * 5)
    .filter((line) => line.trimStart().startsWith('{'))
    .slice(0, LOOKED_AT)
    .flatMap((line) => keysOf(line));
}

function keysOf(text: string): readonly ReadonlySet<string>[] {
  const objects: Set<string>[] = [];
  let list = false;
  const cutter = new JsonCutter((path, kind) => {
    if (path.length === 0) {
      if (kind === 'array') list = true;
      if (kind === 'object') objects.push(new Set());
      return kind === 'array' || kind === 'object' ? 'enter' : 'skip';
    }
    // Exports that were joined are lists in a list.
    const above = !list ? 0 : typeof path[1] === 'number' ? 2 : 1;
    const keys = path.slice(above);
    if (list && keys.length === 0) {
      if (kind === 'object') objects.push(new Set());
      return kind === 'object' || (kind === 'array' && above === 1) ? 'enter' : 'skip';
    }
    if (objects.length <= LOOKED_AT) objects.at(-1)?.add(keys.join('.'));
    return kind === 'object' && keys.length < 2 ? 'enter' : 'skip';
  }, 1);
  cutter.push(new TextEncoder().encode(text));
  cutter.end();
  return objects.slice(0, LOOKED_AT);
}

/** Share of the objects that have all these keys. */
export function shareWithKeys(objects: readonly ReadonlySet<string>[], keys: readonly string[]): number {
  if (objects.length === 0) return 0;
  return objects.filter((object) => keys.every((key) => object.has(key))).length / objects.length;
}
