import { printKey } from '../json-leaves.ts';
import type { LeafMasker } from './leaf.ts';
import { decoded } from './url.ts';

/** Fields of one form that are looked at; a hostile form has more. */
export const MAX_FIELDS = 2000;

/** Masks a form body (`a=1&b=2`): values by their names, then names and parts without one. */
export function maskForm(text: string, masker: LeafMasker): string {
  const parts = text.split('&');
  return parts
    .map((part, index) => {
      if (index >= MAX_FIELDS) return '';
      const equals = part.indexOf('=');
      const spelled = equals < 0 ? part : part.slice(0, equals);
      const plain = decoded(spelled);
      const safe = masker.name(plain);
      const name = safe === plain ? spelled : ofForm(safe);
      if (equals < 0) return name;
      const raw = part.slice(equals + 1);
      const value = decoded(raw);
      const pointer = fieldPointer(safe);
      const masked = masker.leaf({ pointer, field: pointer, key: safe, parent: undefined, kind: 'string', text: value });
      return `${name}=${masked === value ? raw : ofForm(masked)}`;
    })
    .join('&');
}

/** Only the letter that would make two fields of one is put back into its URL spelling. */
const ofForm = (text: string): string => text.replaceAll('&', '%26');

const HEAD_END = /\r\n\r\n|\n\n|\r\r/;

/** What stands between the parts of a multipart body; `undefined` when the text does not hold what its type says. */
export function boundaryOf(text: string, mime: string | undefined): string | undefined {
  const said = mime === undefined ? undefined : /boundary="?([^";]+)/i.exec(mime)?.[1]?.trim();
  const mark = said === undefined ? /^\s*(--[^\s]{1,100})(?:\r\n|\r|\n)content-[a-z-]+:/i.exec(text)?.[1] : `--${said}`;
  return mark !== undefined && mark.length > 2 && text.includes(mark) ? mark : undefined;
}

/** Masks a multipart body: the value of every part, its head, and what stands around the parts. `mark`: see `boundaryOf`. */
export function maskMultipart(text: string, mark: string, masker: LeafMasker): string {
  return text
    .split(mark)
    .map((part, index) => {
      if (index >= MAX_FIELDS) return '';
      const end = HEAD_END.exec(part);
      if (end === null) return masker.aside(part);
      const head = part.slice(0, end.index);
      const name = /name="([^"]*)"/i.exec(head)?.[1];
      const from = end.index + end[0].length;
      const tail = /(?:\r\n|\r|\n)$/.exec(part.slice(from))?.[0] ?? '';
      const value = part.slice(from, part.length - tail.length);
      const safe = masker.name(name ?? '');
      const pointer = fieldPointer(safe);
      const place = { pointer, field: pointer };
      const isFile = name === undefined || /filename=/i.test(head);
      const masked = isFile
        ? masker.prose(value, place)
        : masker.leaf({ ...place, key: safe, parent: undefined, kind: 'string', text: value });
      return masker.aside(head, pointer) + end[0] + masked + tail;
    })
    .join(mark);
}

const fieldPointer = (name: string): string => `$${printKey(name.slice(0, 80))}`;
