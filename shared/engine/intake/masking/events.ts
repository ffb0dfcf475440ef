import type { LeafMasker } from './leaf.ts';

/** A line with the line end behind it. Source: WHATWG HTML, server-sent events: LF, CR or both. */
const LINES = /[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g;
const DATA = /^(data: ?)([^\r\n]*)(\r\n|\r|\n)?$/;
/** Lines of a body without a type that must all have the form of an event stream. */
const LOOKED_AT = 20;
const FIELD = /^(?:(?:data|event|id|retry)?:.*|(?:data|event|id|retry))?$/;

/** True when a text without a type reads as server-sent events: every line is a field or a comment, and one holds data. */
export function isEventStream(text: string): boolean {
  const lines = text.slice(0, 16_384).split(/\r\n|\r|\n/, LOOKED_AT + 1);
  if (lines.length > LOOKED_AT || text.length > 16_384) lines.pop();
  return lines.some((line) => line.startsWith('data:')) && lines.every((line) => FIELD.test(line));
}

/**
 * Masks server-sent events, as model APIs and MCP servers stream them: JSON behind `data:`. The data lines of one event are one
 * value; comments, ids, names of events and whatever is no event at all are masked together, so that a key over many lines is seen.
 */
export function maskEvents(text: string, masker: LeafMasker): string {
  let masked = '';
  let event = -1;
  let aside = '';
  let data: RegExpExecArray[] = [];
  const flush = (): void => {
    if (aside !== '') masked += masker.aside(aside);
    if (data.length > 0) masked += maskData(data, (event += 1), masker);
    aside = '';
    data = [];
  };
  for (const [line] of text.matchAll(LINES)) {
    const field = DATA.exec(line);
    if (field === null ? data.length > 0 : aside !== '') flush();
    if (field === null) aside += line;
    else data.push(field);
  }
  flush();
  return masked;
}

function maskData(lines: readonly RegExpExecArray[], index: number, masker: LeafMasker): string {
  const [, lead = '', , end = '\n'] = lines[0] ?? [];
  const last = lines.at(-1)?.[3] ?? '';
  const value = lines.map((line) => line[2] ?? '').join('\n');
  const prefix = `event[${String(index)}]|`;
  const masked = /^\s*[{[]/.test(value) ? masker.json(value, prefix) : masker.prose(value, { pointer: `${prefix}$`, field: 'event[*]|$' });
  if (masked === value) return lines.map(([line]) => line).join('');
  return masked.split('\n').map((line) => lead + line).join(end) + last; // prettier-ignore
}
