import { useMemo } from 'react';
import { toVisibleParts } from '#shared/lib/visible-text.ts';

interface EvidenceTextProps {
  readonly text: string;
  /** Keeps line feeds and tabs as they are, for a preformatted block. */
  readonly keepLines?: boolean;
}

/** Captured text as text nodes only; every character that would not be seen is drawn as its escape. */
export function EvidenceText({ text, keepLines = false }: EvidenceTextProps) {
  const parts = useMemo(() => toVisibleParts(text, { keepLines }), [text, keepLines]);
  return parts.map((part, index) =>
    part.kind === 'text' ? (
      part.text
    ) : (
      <span key={index} className="escape" title={part.codePoint}>
        {part.text}
      </span>
    ),
  );
}
