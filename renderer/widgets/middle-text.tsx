import { TriangleAlert } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { printNote, withWireHosts } from '#shared/lib/host-note.ts';
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
  // There is room for one form only: the one that cannot pass for another name.
  const [head, end] = cutNearEnd(note?.isOdd === true ? withWireHosts(text) : text, tail);
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
      {note === undefined ? null : <HostMark note={note} />}
    </span>
  );
}

/** Beside a host name in one line: a sign for one that could pass for another, the form on the wire for any other as far as there is room. */
function HostMark({ note: { text, isOdd } }: { readonly note: NonNullable<ReturnType<typeof hostNoteOf>> }) {
  return isOdd ? (
    <span className="host-mark" role="img" aria-label={text} title={text}>
      <TriangleAlert size={12} strokeWidth={1.5} aria-hidden="true" />
    </span>
  ) : (
    <span className="host-note middle-note" title={HOST_NOTE}>
      {printNote(text)}
    </span>
  );
}
