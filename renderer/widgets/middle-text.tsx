import { useEffect, useMemo, useRef } from 'react';
import { hostNoteOf, toVisibleHost, toVisibleText } from '#shared/lib/visible-text.ts';
import { closeGapAfter } from './query/close-gap.ts';
import { EvidenceText, HOST_NOTE } from './evidence-text.tsx';
import { cutNearEnd } from './middle-cut.ts';

interface MiddleTextProps {
  readonly text: string;
  /** About how many characters at the end stay in sight. */
  readonly tail?: number;
  readonly mono?: boolean;
  /** The text is the name of a host. */
  readonly isHost?: boolean;
}

/** A start of fewer characters may be narrower than a letter and its ellipsis. */
const LONG = 6;

/**
 * One line of evidence text that elides in the middle when there is no room: the start shrinks, the end stays.
 * The whole value is in the tooltip and in what is copied.
 */
export function MiddleText({ text, tail = 12, mono = false, isHost = false }: MiddleTextProps) {
  const start = useRef<HTMLSpanElement>(null);
  const note = useMemo(() => hostNoteOf(text, isHost), [text, isHost]);
  const [head, end] = cutNearEnd(text, tail);
  useEffect(() => (start.current === null ? undefined : closeGapAfter(start.current)), [head, end]);
  return (
    <span className={mono ? 'middle mono' : 'middle'} title={isHost ? toVisibleHost(text) : toVisibleText(text)}>
      {head === '' ? null : (
        <span ref={start} className={head.length < LONG ? 'middle-head' : 'middle-head middle-long'}>
          <EvidenceText text={head} bare />
        </span>
      )}
      <span className="middle-tail">
        <bdi>
          <EvidenceText text={end} bare />
        </bdi>
      </span>
      {note === undefined ? null : (
        <span className="host-note" title={HOST_NOTE}>
          {` [${note}]`}
        </span>
      )}
    </span>
  );
}
