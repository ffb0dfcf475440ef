import { useMemo } from 'react';
import { GoLink } from '../state/go-link.tsx';
import { toCall } from '../state/places.ts';
import { EvidenceText } from '../widgets/evidence-text.tsx';
import { parseNote, type NoteSpan } from './note-blocks.ts';

/** A note as its author meant it: paragraphs, lists, code, and calls as links to them. */
export function NoteText({ text }: { readonly text: string }) {
  const blocks = useMemo(() => parseNote(text), [text]);
  return blocks.map((block, index) => {
    if (block.kind === 'code') {
      return (
        <pre key={index} className="mono note-code">
          <EvidenceText text={block.text} keepLines />
        </pre>
      );
    }
    if (block.kind === 'list') {
      return (
        <ul key={index} className="note-list">
          {block.lines.map((line, item) => (
            <li key={item}>
              <Line spans={line} />
            </li>
          ))}
        </ul>
      );
    }
    return (
      <p key={index}>
        {block.lines.map((line, row) => (
          <span key={row} className="note-line">
            <Line spans={line} />
          </span>
        ))}
      </p>
    );
  });
}

function Line({ spans }: { readonly spans: readonly NoteSpan[] }) {
  return spans.map((span, index) => {
    if (span.kind === 'call') {
      return (
        <GoLink key={index} to={toCall(span.ref)} className="link mono">
          <EvidenceText text={span.ref} />
        </GoLink>
      );
    }
    return span.kind === 'code' ? (
      <code key={index}>
        <EvidenceText text={span.text} />
      </code>
    ) : (
      <EvidenceText key={index} text={span.text} />
    );
  });
}
