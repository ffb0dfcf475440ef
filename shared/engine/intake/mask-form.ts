import type { createLeafMasker } from './mask-leaf.ts';
import { decoded } from './mask-url.ts';

type LeafMasker = ReturnType<typeof createLeafMasker>;

/** Fields of one form that are looked at; a hostile form has more. */
export const MAX_FIELDS = 2000;

/** Masks a form body (`a=1&b=2`). */
export function maskForm(text: string, masker: LeafMasker): string {
  const parts = text.split('&');
  return parts
    .map((part, index) => {
      const equals = part.indexOf('=');
      if (equals < 0 || index >= MAX_FIELDS) return index >= MAX_FIELDS ? '' : part;
      const name = decoded(part.slice(0, equals));
      const value = decoded(part.slice(equals + 1));
      const pointer = fieldPointer(name);
      const masked = masker.leaf({ pointer, field: pointer, key: name, parent: undefined, kind: 'string', text: value });
      return masked === value ? part : `${part.slice(0, equals)}=${masked.replaceAll('&', '%26')}`;
    })
    .join('&');
}

const HEAD_END = /\r?\n\r?\n/;

/** Masks a multipart body: the value of every field that is not a file. */
export function maskMultipart(text: string, boundary: string | undefined, masker: LeafMasker): string {
  const mark = boundary === undefined ? /^\s*(--[^\s]+)/.exec(text)?.[1] : `--${boundary}`;
  if (mark === undefined || mark.length < 3)
    return masker.leaf({ pointer: '$', field: '$', key: undefined, parent: undefined, kind: 'string', text });
  return text
    .split(mark)
    .map((part, index) => {
      const end = HEAD_END.exec(part);
      if (end === null || index >= MAX_FIELDS) return index >= MAX_FIELDS ? '' : part;
      const head = part.slice(0, end.index);
      const name = /name="([^"]*)"/i.exec(head)?.[1];
      const from = end.index + end[0].length;
      const tail = /\r?\n$/.exec(part)?.[0] ?? '';
      const value = part.slice(from, part.length - tail.length);
      const pointer = fieldPointer(name ?? '');
      const key = /filename=/i.test(head) ? undefined : name;
      const masked = masker.leaf({ pointer, field: pointer, key, parent: undefined, kind: 'string', text: value });
      return part.slice(0, from) + masked + tail;
    })
    .join(mark);
}

const fieldPointer = (name: string): string =>
  /^[A-Za-z_][\w-]{0,80}$/.test(name) ? `$.${name}` : `$[${JSON.stringify(name.slice(0, 80))}]`;
