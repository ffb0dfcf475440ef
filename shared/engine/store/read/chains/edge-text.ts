import type { Mark } from '../../../../contract/rows.ts';
import { scanJson } from '../../../intake/json-leaves.ts';
import type { StoredDetail } from '../../../intake/masking/masked-call.ts';

/** Text shown on each side of the proving value. Units: characters. */
export const AROUND = 700;

/** A text and the stretches of it to mark. */
export interface MarkedText {
  readonly text: string;
  readonly marks: readonly Mark[];
}

/** Lines and indents for a JSON text, token by token: numbers and escapes stay as the evidence spells them. */
function prettyJson(text: string): string {
  let out = '';
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === '"') {
      let end = at + 1;
      while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
      out += text.slice(at, end + 1);
      at = end;
    } else if (character === '{' || character === '[') {
      const close = character === '{' ? '}' : ']';
      const next = /^\s*/.exec(text.slice(at + 1, at + 50))?.[0].length ?? 0;
      if (text[at + 1 + next] === close) {
        out += character + close;
        at += 1 + next;
      } else {
        depth += 1;
        out += `${character}\n${'  '.repeat(Math.min(depth, 40))}`;
      }
    } else if (character === '}' || character === ']') {
      depth = Math.max(0, depth - 1);
      out += `\n${'  '.repeat(Math.min(depth, 40))}${character}`;
    } else if (character === ',') out += `,\n${'  '.repeat(Math.min(depth, 40))}`;
    else if (character === ':') out += ': ';
    else if (!/\s/.test(character)) out += character;
  }
  return out;
}

/** The stretch around the first mark, cut at line ends where there are any. */
function cutAround({ text, marks }: MarkedText): MarkedText {
  const first = marks[0];
  const centre = first === undefined ? 0 : first.start;
  const reach = first === undefined ? AROUND * 2 : centre + first.length + AROUND;
  let from = Math.max(0, centre - AROUND);
  let to = Math.min(text.length, reach);
  if (from > 0) from = Math.max(from, text.indexOf('\n', from) + 1 > centre ? from : text.indexOf('\n', from) + 1);
  const lineEnd = text.lastIndexOf('\n', to);
  if (to < text.length && first !== undefined && lineEnd > centre + first.length) to = lineEnd;
  const before = from > 0 ? '…\n' : '';
  const kept = marks
    .filter((mark) => mark.start >= from && mark.start + mark.length <= to)
    .map((mark) => ({ start: mark.start - from + before.length, length: mark.length }));
  return { text: `${before}${text.slice(from, to)}${to < text.length ? '\n…' : ''}`, marks: kept };
}

/** Marks the scalar at a JSONPath of a body; a place inside an encoded text marks that text. */
function markPointer(body: string, pointer: string): MarkedText {
  const text = prettyJson(body);
  // `$.rows|$[0].id`: what stands after the bar lies inside an encoded text.
  const outer = pointer.split(/[ |]/)[0] ?? pointer;
  let mark: Mark | undefined;
  const isJson = scanJson(text, (leaf) => {
    if (leaf.pointer !== outer) return true;
    mark = { start: leaf.start, length: leaf.end - leaf.start };
    return false;
  });
  if (mark !== undefined) return { text, marks: [mark] };
  // Not JSON: the text as it is, without a mark that would point anywhere.
  return { text: isJson >= 0 ? body : text, marks: [] };
}

const markLine = (head: string, value: string): MarkedText => ({
  text: `${head}${value}`,
  marks: value === '' ? [] : [{ start: head.length, length: value.length }],
});

/** What a call's request line says. */
export interface RequestLine {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
}

function markUrl(line: RequestLine, from: number, length: number): MarkedText {
  const head = `${line.method} ${line.host}`;
  const text = `${head}${line.path}${line.query === '' ? '' : `?${line.query}`}`;
  return { text, marks: length === 0 ? [] : [{ start: head.length + from, length }] };
}

function markPath(line: RequestLine, template: string | undefined, place: string): MarkedText {
  const segments = line.path.split('/');
  const name = /^\{(.+)\}$/.exec(place)?.[1];
  const index = name === undefined ? Number(/(\d+)$/.exec(place)?.[1] ?? -1) : (template?.split('/') ?? []).indexOf(`{${name}}`);
  const segment = segments[index];
  if (segment === undefined) return markUrl(line, 0, 0);
  return markUrl(
    line,
    segments.slice(0, index).reduce((sum, part) => sum + part.length + 1, 0),
    segment.length,
  );
}

function markQuery(line: RequestLine, name: string): MarkedText {
  let at = line.path.length + 1;
  for (const pair of line.query.split('&')) {
    if (pair.startsWith(`${name}=`)) return markUrl(line, at + name.length + 1, pair.length - name.length - 1);
    at += pair.length + 1;
  }
  return markUrl(line, 0, 0);
}

/**
 * The masked text of one end of an edge around its proving value. `place` is `response $.items[3].id`, `response-header location`,
 * `path {id}`, `query cursor` or `url` (host and path); without one, the request line stands for the call.
 * Shape: details of all sightings of the call; the first that holds the part is shown.
 */
export function markPlace(
  details: readonly StoredDetail[],
  line: RequestLine,
  template: string | undefined,
  place: string | undefined,
): MarkedText {
  const split = place?.indexOf(' ') ?? -1;
  const side = split < 0 ? (place ?? '') : (place ?? '').slice(0, split);
  const pointer = split < 0 ? '' : (place ?? '').slice(split + 1);
  switch (side) {
    case 'request':
    case 'response': {
      const body = details
        .map((detail) => (side === 'request' ? detail.requestBody : detail.responseBody)?.text)
        .find((text) => text !== undefined);
      return body === undefined ? markUrl(line, 0, 0) : cutAround(markPointer(body, pointer));
    }
    case 'request-header':
    case 'response-header': {
      const headers = details.flatMap((detail) => (side === 'request-header' ? detail.requestHeaders : detail.responseHeaders) ?? []);
      const found = headers.find(([name]) => name.toLowerCase() === pointer.toLowerCase());
      if (found !== undefined) return markLine(`${found[0]}: `, found[1]);
      const redirect = pointer === 'location' ? details.find((detail) => detail.redirectUrl !== undefined)?.redirectUrl : undefined;
      return redirect === undefined ? markUrl(line, 0, 0) : markLine('location: ', redirect);
    }
    case 'path':
      return markPath(line, template, pointer);
    case 'query':
      return markQuery(line, pointer);
    case 'url':
      return { ...markUrl(line, 0, 0), marks: [{ start: line.method.length + 1, length: line.host.length + line.path.length }] };
    default:
      return markUrl(line, 0, 0);
  }
}
