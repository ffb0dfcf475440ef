import { fields, findField, flags, type AnyFieldName } from './fields.ts';
import { printPattern } from './print.ts';

/** What could be typed at the caret, and the stretch that choosing it replaces. Units: UTF-16 code units. */
export type Completion =
  | { readonly kind: 'fields'; readonly from: number; readonly to: number; readonly options: readonly Option[] }
  | {
      readonly kind: 'values';
      readonly from: number;
      readonly to: number;
      readonly field: AnyFieldName;
      readonly prefix: string;
      readonly choices: readonly string[] | undefined;
    }
  | { readonly kind: 'none' };

export interface Option {
  /** Stands in the text after choosing. */
  readonly insert: string;
  readonly label: string;
  readonly description: string;
}

const fieldOptions: readonly Option[] = [
  ...fields.map((field) => ({ insert: `${field.name}:`, label: field.name, description: field.description })),
  ...flags.map((flag) => ({ insert: `${flag.name} `, label: flag.name, description: flag.description })),
];
const aliasesOf = new Map<string, readonly string[]>(fields.map((field) => [field.name, field.aliases]));

const quotedValue = /(?:^|[\s(-])([A-Za-z][\w.]*):(?:\([^()]*)?"((?:[^"\\]|\\.)*)$/;
const listValue = /(?:^|[\s(-])([A-Za-z][\w.]*):\((?:[^()]*[\s])?([^\s()"]*)$/;
const bareValue = /(?:^|[\s(-])([A-Za-z][\w.]*):([^\s()"]*)$/;
const fieldStart = /(?:^|[\s(-])([A-Za-z][\w.:]*|)$/;

/** Says what the text before the caret is the beginning of: a field name, or a value of a field. */
export function completeAt(text: string, caret: number): Completion {
  const head = text.slice(0, caret);
  const to = caret + (/^[^\s()"]*/.exec(text.slice(caret))?.[0].length ?? 0);
  const quoted = quotedValue.exec(head);
  const bare = quoted === null ? (listValue.exec(head) ?? bareValue.exec(head)) : null;
  const [, name, prefix] = quoted ?? bare ?? [];
  if (name !== undefined && prefix !== undefined) {
    const field = findField(name);
    if (field === undefined)
      return /^(?:is|has)$/i.test(name)
        ? offerFlags(`${name.toLowerCase()}:${prefix}`, caret - prefix.length - name.length - 1, to)
        : { kind: 'none' };
    if (field.type === 'time') return { kind: 'none' };
    const from = caret - prefix.length - (quoted === null ? 0 : 1);
    const closes = quoted !== null && text.charAt(caret) === '"' ? 1 : 0;
    return {
      kind: 'values',
      from,
      to: quoted === null ? to : caret + closes,
      field: field.name,
      prefix: quoted === null ? prefix : prefix.replace(/\\(["\\])/g, '$1'),
      choices: field.choices,
    };
  }
  if (insideQuotes(head)) return { kind: 'none' };
  const start = fieldStart.exec(head)?.[1];
  if (start === undefined) return { kind: 'none' };
  return { kind: 'fields', from: caret - start.length, to, options: matching(start) };
}

const offerFlags = (start: string, from: number, to: number): Completion => ({
  kind: 'fields',
  from,
  to,
  options: matching(start).filter((option) => option.label.includes(':')),
});

const insideQuotes = (head: string): boolean => (head.replace(/\\./g, '').match(/"/g)?.length ?? 0) % 2 === 1;

// Names that begin with the text first, then names that contain it.
function matching(start: string): readonly Option[] {
  const wanted = start.toLowerCase();
  const begins = (name: string): boolean => name.toLowerCase().startsWith(wanted);
  const first = fieldOptions.filter(({ label }) => begins(label) || (aliasesOf.get(label) ?? []).some(begins));
  const then =
    wanted.length < 2 ? [] : fieldOptions.filter((option) => !first.includes(option) && option.label.toLowerCase().includes(wanted));
  return [...first, ...then];
}

/** The query with a chosen value in place of what was typed, and where the caret stands then. */
export function applyCompletion(text: string, from: number, to: number, insert: string): { readonly text: string; readonly caret: number } {
  return { text: text.slice(0, from) + insert + text.slice(to), caret: from + insert.length };
}

/** A value as it must be written after `field:`, with a blank behind it so that the next condition can begin. */
export const valueInsert = (value: string): string => `${printPattern([value], false)} `;
