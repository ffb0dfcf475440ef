import type { Mark } from '#shared/contract/rows.ts';

export interface MarkedPart {
  readonly text: string;
  readonly marked: boolean;
}

/** Cuts a text at its marks. Marks may touch, overlap or reach past the end; every character comes out exactly once. */
export function splitAtMarks(text: string, marks: readonly Mark[]): readonly MarkedPart[] {
  const parts: MarkedPart[] = [];
  let at = 0;
  for (const mark of marks.toSorted((a, b) => a.start - b.start)) {
    const start = Math.min(text.length, Math.max(at, mark.start));
    const end = Math.min(text.length, Math.max(start, mark.start + mark.length));
    if (end <= start) continue;
    if (start > at) parts.push({ text: text.slice(at, start), marked: false });
    parts.push({ text: text.slice(start, end), marked: true });
    at = end;
  }
  if (at < text.length) parts.push({ text: text.slice(at), marked: false });
  return parts;
}
