import { fields, findTarget, flags, getField, type AnyFieldName } from './fields.ts';
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

const partNames = { 'req.body': 'request body', 'res.body': 'response body' } as const;
const flagOptions: readonly Option[] = flags.map((flag) => ({ insert: `${flag.name} `, label: flag.name, description: flag.description }));
const fieldOptions: readonly Option[] = [
  ...fields.flatMap((field): readonly Option[] => {
    const { name, description } = field;
    // A header is nothing without its name; a body is searched whole, or at the place that follows the dot.
    if (!('nested' in field)) return [{ insert: `${name}:`, label: name, description }];
    const inside = { insert: `${name}.`, label: `${name}.`, description };
    return field.nested === 'header'
      ? [inside]
      : [{ insert: `${name}:`, label: name, description: `text in the ${partNames[field.name]}; slower` }, inside];
  }),
  ...flagOptions,
];
const timeOptions: readonly Option[] = [
  { insert: 'case.start', label: 'case.start', description: 'time of the first call; + 5m is five minutes later' },
  { insert: 'case.end', label: 'case.end', description: 'time of the last call; - 1h is an hour earlier' },
];
const aliasesOf = new Map<string, readonly string[]>(fields.map((field) => [field.name, field.aliases]));

const quotedValue = /(?:^|[\s(])-?([A-Za-z][\w.-]*):(?:\([^()]*)?"((?:[^"\\]|\\.)*)$/;
const listValue = /(?:^|[\s(])-?([A-Za-z][\w.-]*):\((?:[^()]*[\s])?([^\s()"]*)$/;
const bareValue = /(?:^|[\s(])-?([A-Za-z][\w.-]*):([^\s()"]*)$/;
const fieldStart = /(?:^|[\s(])(-?)([A-Za-z][\w.:-]*|)$/;
const timeStart = /(?:^|[\s(])-?time(?:\s*(?:>=|<=|>|<)|:(?:>=|<=|>|<))\s*([a-z][a-z.]*|)$/i;

/** Says what the text before the caret is the beginning of: a field name, or a value of a field. */
export function completeAt(text: string, caret: number): Completion {
  const head = text.slice(0, caret);
  const to = caret + (/^[^\s()"]*/.exec(text.slice(caret))?.[0].length ?? 0);
  const quoted = quotedValue.exec(head);
  const bare = quoted === null ? (listValue.exec(head) ?? bareValue.exec(head)) : null;
  const [, name, prefix] = quoted ?? bare ?? [];
  if (name !== undefined && prefix !== undefined) {
    const target = findTarget(name);
    if (target === undefined)
      return /^(?:is|has)$/i.test(name)
        ? offerFlags(`${name.toLowerCase()}:${prefix}`, caret - prefix.length - name.length - 1, to)
        : { kind: 'none' };
    const field = getField(target.field);
    if (field.type === 'time') return { kind: 'none' };
    const from = caret - prefix.length - (quoted === null ? 0 : 1);
    const closes = quoted !== null && text.charAt(caret) === '"' ? 1 : 0;
    return {
      kind: 'values',
      from,
      to: quoted === null ? to : caret + closes,
      field: target.field,
      prefix: quoted === null ? prefix : prefix.replace(/\\(["\\])/g, '$1'),
      choices: field.choices,
    };
  }
  if (insideQuotes(head)) return { kind: 'none' };
  const moment = timeStart.exec(head)?.[1];
  if (moment !== undefined) {
    const options = timeOptions.filter(({ label }) => label.startsWith(moment.toLowerCase()));
    return { kind: 'fields', from: caret - moment.length, to, options };
  }
  const [, minus, start] = fieldStart.exec(head) ?? [];
  if (start === undefined) return { kind: 'none' };
  // What is left out is mostly a flag or a value; the flags would stand below the many fields.
  const options =
    minus === '-' && start === ''
      ? [...flagOptions, ...matching(start).filter((option) => !flagOptions.includes(option))]
      : matching(start);
  return { kind: 'fields', from: caret - start.length, to, options };
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
