import { pointerKeys } from '../../../../model/runtime-expression.ts';
import { printKey, scanJson } from '../../../intake/json-leaves.ts';
import type { StoredBody } from '../../../intake/masking/masked-call.ts';
import { fieldOf } from './form-fields.ts';

/** How scans of JSON may write the place of a JSON Pointer: a number is a place in a list, or a key. */
export function pointerTexts(pointer: string): readonly string[] {
  let texts = ['$'];
  for (const key of pointerKeys(pointer)) {
    const steps = /^(?:0|[1-9]\d*)$/.test(key) && texts.length < 64 ? [`[${key}]`, printKey(key)] : [printKey(key)];
    texts = texts.flatMap((text) => steps.map((step) => text + step));
  }
  return texts;
}

/** Objects that hold more are not compared as a whole. Units: characters. */
const MAX_OBJECT = 4_000;

interface Members {
  readonly texts: string[];
  size: number;
  /** False while all that it holds are literals: `{"ok": true}` is everybody's. */
  isTelling: boolean;
}

/** A scalar under a place, or all that an object or a list there holds as one text, whatever the order of its members. */
function inJson(text: string, pointer: string): string | undefined {
  const wanted = pointerTexts(pointer);
  const members: Members = { texts: [], size: 0, isTelling: false };
  let found: string | undefined;
  const stopped = scanJson(text, ({ pointer: place, kind, text: value }) => {
    const holder = wanted.find((start) => place.startsWith(start));
    if (holder === undefined) return true;
    const rest = place.slice(holder.length);
    if (rest === '') {
      if (kind !== 'literal') found = value;
    } else if (/^[.[]/.test(rest)) {
      members.texts.push(`${rest} ${kind} ${value}`);
      members.size += rest.length + value.length;
      members.isTelling ||= kind !== 'literal';
    }
    return found === undefined && members.size <= MAX_OBJECT;
  });
  const isWhole = stopped < 0 && members.isTelling && members.size <= MAX_OBJECT;
  return found ?? (isWhole ? members.texts.sort().join('\n') : undefined);
}

/**
 * The value at a JSON Pointer of a body, of a form's field by that name, or of a plain text as a whole. An object or a list is told by what it holds, as
 * one text that is the same for the same members; one that was cut short, or is large, is not told.
 */
export function inBody(body: StoredBody | undefined, pointer: string): string | undefined {
  const { text = '', mime = '' } = body ?? {};
  if (mime.includes('x-www-form-urlencoded')) {
    const [name, ...deeper] = pointerKeys(pointer);
    return name === undefined || deeper.length > 0 ? undefined : fieldOf(text, name);
  }
  if (pointer === '' && mime.startsWith('text/plain')) return text.trim();
  return inJson(text, pointer);
}
