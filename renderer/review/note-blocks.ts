/** A stretch of a line of a note. */
export type NoteSpan =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  /** The reference of a call, `gateway.jsonl#88214`. */
  | { readonly kind: 'call'; readonly ref: string };

/** A paragraph, whose lines stay lines, a list, or a block of code that is shown as it is. */
export type NoteBlock =
  | { readonly kind: 'paragraph' | 'list'; readonly lines: readonly (readonly NoteSpan[])[] }
  | { readonly kind: 'code'; readonly text: string };

const ITEM = /^\s*[-*]\s+/;
const FENCE = /^\s*```/;
/** Code between back ticks, or a call: a name without blanks, # and the number of its record. */
const SPAN = /`([^`]+)`|(?<![^\s(])([^\s`()]+#\d+)(?![\w#])/g;

/**
 * A note as what it says: the part of Markdown that analysts use (paragraphs, lists, code) and references of calls. HTML,
 * links and pictures are text like any other.
 */
export function parseNote(text: string): readonly NoteBlock[] {
  const blocks: NoteBlock[] = [];
  let open: { kind: 'paragraph' | 'list'; lines: (readonly NoteSpan[])[] } | undefined;
  let fenced: string[] | undefined;
  const lines = text.split(/\r?\n/);
  for (const line of lines) {
    if (FENCE.test(line)) {
      if (fenced === undefined) fenced = [];
      else {
        blocks.push({ kind: 'code', text: fenced.join('\n') });
        fenced = undefined;
      }
      open = undefined;
    } else if (fenced !== undefined) fenced.push(line);
    else if (line.trim() === '') open = undefined;
    else {
      const kind = ITEM.test(line) ? 'list' : 'paragraph';
      if (open?.kind !== kind) blocks.push((open = { kind, lines: [] }));
      open.lines.push(parseSpans(line.replace(ITEM, '')));
    }
  }
  // A fence that nobody closed holds the rest.
  if (fenced !== undefined) blocks.push({ kind: 'code', text: fenced.join('\n') });
  return blocks;
}

function parseSpans(line: string): readonly NoteSpan[] {
  const spans: NoteSpan[] = [];
  let from = 0;
  for (const match of line.matchAll(SPAN)) {
    if (match.index > from) spans.push({ kind: 'text', text: line.slice(from, match.index) });
    const [whole, code, ref] = match;
    spans.push(ref === undefined ? { kind: 'code', text: code ?? '' } : { kind: 'call', ref });
    from = match.index + whole.length;
  }
  if (from < line.length) spans.push({ kind: 'text', text: line.slice(from) });
  return spans;
}
