import './record-text.css';
import { useEffect, useMemo, useRef } from 'react';
import type { Mark } from '#shared/contract/rows.ts';
import { EvidenceText } from './evidence-text.tsx';

interface RecordTextProps {
  readonly text: string;
  readonly marks?: readonly Mark[];
  readonly label: string;
  /** Scrolls to the first mark. */
  readonly reveal?: boolean;
}

/** Longest text drawn at once; the rest is counted and can be copied. Units: UTF-16 code units. */
const DRAWN = 200_000;

/** A record or a body as captured, in a monospace block; marked stretches stand out by colour and underline. */
export function RecordText({ text, marks = [], label, reveal = false }: RecordTextProps) {
  const first = useRef<HTMLElement>(null);
  const parts = useMemo(() => splitAtMarks(text.slice(0, DRAWN), marks), [text, marks]);
  useEffect(() => {
    if (reveal) first.current?.scrollIntoView({ block: 'center', inline: 'center' });
  }, [reveal, parts]);
  const firstMark = parts.findIndex((part) => part.marked);
  return (
    <pre className="record-text mono" aria-label={label} tabIndex={0}>
      {parts.map((part, index) =>
        part.marked ? (
          <mark key={index} ref={index === firstMark ? first : undefined}>
            <EvidenceText text={part.text} keepLines />
          </mark>
        ) : (
          <EvidenceText key={index} text={part.text} keepLines />
        ),
      )}
      {text.length > DRAWN ? <span className="record-more">{`… ${String(text.length - DRAWN)} more characters; copy shows them all`}</span> : null}
    </pre>
  );
}

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
