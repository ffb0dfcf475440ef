import { createContext, useContext, type ReactNode } from 'react';
import { toVisibleText } from '#shared/lib/visible-text.ts';
import { EvidenceText } from './evidence-text.tsx';

/** Which of the eight colours and shapes a tag has, by its name. */
export const TagSlots = createContext<ReadonlyMap<string, number>>(new Map());

/** Eight shapes in the room of a 12 px square, so that a tag is told by more than its colour. */
const SHAPES: readonly ReactNode[] = [
  <circle key="1" cx="6" cy="6" r="4.5" />,
  <rect key="2" x="1.5" y="1.5" width="9" height="9" />,
  <path key="3" d="M6 1 L11 10.5 L1 10.5 Z" />,
  <path key="4" d="M6 0.8 L11.2 6 L6 11.2 L0.8 6 Z" />,
  <path key="5" d="M3.4 1.2 H8.6 L11.2 6 L8.6 10.8 H3.4 L0.8 6 Z" />,
  <path key="6" d="M1 1.5 H11 L6 11 Z" />,
  <path key="7" d="M4.2 1 H7.8 V4.2 H11 V7.8 H7.8 V11 H4.2 V7.8 H1 V4.2 H4.2 Z" />,
  <path key="8" d="M6 1 A5 5 0 1 1 5.99 1 Z M6 4 A2 2 0 1 0 6.01 4 Z" fillRule="evenodd" />,
];

interface TagMarkProps {
  readonly tag: string;
  /** Writes the name beside the shape. */
  readonly named?: boolean;
}

/** A tag as its shape and colour, with its name for those who cannot see either. */
export function TagMark({ tag, named = false }: TagMarkProps) {
  const slot = useContext(TagSlots).get(tag) ?? 1;
  const picture = (
    <svg className={`tag-shape tag-${String(slot)}`} width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
      {SHAPES[slot - 1]}
    </svg>
  );
  if (!named)
    return (
      <span role="img" aria-label={`tag ${toVisibleText(tag)}`} title={toVisibleText(tag)} className="tag">
        {picture}
      </span>
    );
  return (
    <span className="tag">
      {picture}
      <EvidenceText text={tag} />
    </span>
  );
}
