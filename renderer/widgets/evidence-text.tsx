import { useMemo } from 'react';
import { toVisibleParts } from '#shared/lib/visible-text.ts';

interface EvidenceTextProps {
  readonly text: string;
  /** Keeps line feeds and tabs as they are, for a preformatted block. */
  readonly keepLines?: boolean;
  /** The text is the name of a host. */
  readonly isHost?: boolean;
  /** Host names get no notes: the caller has them. */
  readonly bare?: boolean;
}

/** What the note beside a host name is, for its tooltip. */
export const HOST_NOTE = 'The name of this host in its other form, so that it cannot pass for another';

/** Captured text as text nodes only; every character that would not be seen is drawn as its escape, and a host name that could pass for another has a note. */
export function EvidenceText({ text, keepLines = false, isHost = false, bare = false }: EvidenceTextProps) {
  const parts = useMemo(() => toVisibleParts(text, { keepLines, isHost, bare }), [text, keepLines, isHost, bare]);
  return parts.map((part, index) => {
    if (part.kind === 'text') return part.text;
    return (
      <span
        key={index}
        className={part.kind === 'escape' ? 'escape' : 'host-note'}
        title={part.kind === 'escape' ? part.codePoint : HOST_NOTE}
      >
        {part.text}
      </span>
    );
  });
}
