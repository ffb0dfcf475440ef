import './record-text.css';
import { useEffect, useMemo, useRef } from 'react';
import type { Mark } from '#shared/contract/rows.ts';
import { EvidenceText } from '../evidence-text.tsx';
import { splitAtMarks } from '../marked-parts.ts';

interface RecordTextProps {
  readonly text: string;
  readonly marks?: readonly Mark[];
  readonly label: string;
  /** Scrolls to the first mark. */
  readonly reveal?: boolean;
}

/** Longest text drawn at once; the rest is counted and can be copied. Units: UTF-16 code units. */
export const DRAWN = 200_000;

/** A record or a body as captured, in a monospace block; marked stretches stand out by colour and underline. */
export function RecordText({ text, marks = [], label, reveal = false }: RecordTextProps) {
  const first = useRef<HTMLElement>(null);
  const parts = useMemo(() => splitAtMarks(text.slice(0, DRAWN), marks), [text, marks]);
  useEffect(() => {
    const mark = first.current;
    const box = mark?.closest('pre');
    // Not scrollIntoView: that would move the panes around this block as well.
    if (reveal && mark !== null && box !== null && box !== undefined)
      box.scrollTop = mark.offsetTop - (box.clientHeight - mark.offsetHeight) / 2;
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
      {text.length > DRAWN ? (
        <span className="record-more">{`… ${String(text.length - DRAWN)} more characters; copy shows them all`}</span>
      ) : null}
    </pre>
  );
}
