/** An envelope whose body comes later than this is not searched for it. Units: characters. */
const MAX_ENVELOPE = 64 * 1024;
const LOCAL_NAME = /^[A-Za-z_][\w.-]{0,127}$/;

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** The last part of an action URI: `urn:shop#GetPrice` and `"http://shop.test/prices/GetPrice"` are `GetPrice`. */
export function soapActionName(action: string): string | undefined {
  const plain = action.trim().replace(/^"|"$/g, '').slice(0, 500);
  const name = /([^/#:]+)[/#:]?$/.exec(plain)?.[1];
  return name !== undefined && LOCAL_NAME.test(name) ? name : undefined;
}

interface Tag {
  readonly name: string;
  readonly kind: 'open' | 'close' | 'empty';
}

/**
 * The first element in the body of a SOAP envelope, without its prefix; `undefined` for any other text.
 * Cost: one pass over the tags before it; entities, schemas and document types are never read.
 */
export function firstSoapElement(text: string): string | undefined {
  const path: string[] = [];
  for (const { name, kind } of listTags(text.length > MAX_ENVELOPE ? text.slice(0, MAX_ENVELOPE) : text)) {
    const local = localName(name);
    if (path.length === 0 && local !== 'Envelope') return undefined;
    if (kind === 'close') path.pop();
    else if (path.length === 2 && path[1] === 'Body') return LOCAL_NAME.test(local) ? local : undefined;
    else if (kind === 'open') path.push(local);
  }
  return undefined;
}

function* listTags(text: string): Generator<Tag> {
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const skipped = skipOther(text, at);
    if (skipped === -1) return;
    if (skipped > at) {
      at = skipped;
      continue;
    }
    const end = endOfTag(text, at);
    if (end === undefined) return;
    const inside = text.slice(at + 1, end);
    const name = /^\/?([^\s/>]{1,200})/.exec(inside)?.[1];
    if (name === undefined) return;
    yield { name, kind: inside.startsWith('/') ? 'close' : inside.endsWith('/') ? 'empty' : 'open' };
    at = end;
  }
}

const OTHERS: readonly (readonly [start: string, end: string])[] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
];

/** The end of a comment, a CDATA section or an instruction; `at` for a tag; -1 where nothing can be read any more. */
function skipOther(text: string, at: number): number {
  for (const [start, end] of OTHERS) {
    if (!text.startsWith(start, at)) continue;
    const closed = text.indexOf(end, at + start.length);
    return closed < 0 ? -1 : closed + end.length;
  }
  // SOAP forbids document types; one is an attack, and hides what the server would see.
  return text.startsWith('<!', at) ? -1 : at;
}

function endOfTag(text: string, at: number): number | undefined {
  let quote = '';
  for (let end = at + 1; end < text.length; end += 1) {
    const letter = text.charAt(end);
    if (quote !== '') quote = letter === quote ? '' : quote;
    else if (letter === '"' || letter === "'") quote = letter;
    else if (letter === '>') return end;
    else if (letter === '<') return undefined;
  }
  return undefined;
}
