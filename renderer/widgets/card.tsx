import './card.css';
import { X } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { IconButton } from './icon-button.tsx';

interface CardProps {
  /** Where the focus goes when the row of it is opened by key. */
  readonly id: string;
  /** What kind of thing it shows: "Credential". */
  readonly label: string;
  /** Which one it shows; another one is shown from its top. */
  readonly shown: string;
  readonly stale?: boolean;
  readonly children: ReactNode;
}

/** One thing in full, beside the list that it was chosen from. Keys scroll it once it has the focus. */
export function Card({ id, label, shown, stale = false, children }: CardProps) {
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (card.current !== null) card.current.scrollTop = 0;
  }, [shown]);
  return (
    <article ref={card} id={id} className={stale ? 'card stale' : 'card'} tabIndex={0} data-keys="" aria-label={label} aria-busy={stale}>
      {children}
    </article>
  );
}

interface CardHeadProps {
  readonly title: ReactNode;
  /** Closes the card; absent where the list always shows one. */
  readonly onClose?: () => void;
  /** What closing does, in words: "Close the credential". */
  readonly closeLabel?: string;
  readonly children?: ReactNode;
}

/** The name of the thing, what it is in a line or two, and what can be done with it. */
export function CardHead({ title, onClose, closeLabel = 'Close', children }: CardHeadProps) {
  return (
    <header className="card-head">
      <div className="card-head-top">
        <h2>{title}</h2>
        {onClose === undefined ? null : <IconButton icon={X} label={closeLabel} onClick={onClose} />}
      </div>
      {children}
    </header>
  );
}

/** The parts below the head, one below the other. */
export const CardBody = ({ children }: { readonly children: ReactNode }) => <div className="card-body">{children}</div>;

interface CardPartProps {
  readonly title: ReactNode;
  /** What the title leaves open, small beside it. */
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

/** A titled part of a card. */
export function CardPart({ title, note, children }: CardPartProps) {
  return (
    <section className="card-part">
      <h3>
        {title}
        {note === undefined ? null : <span className="muted card-note">{note}</span>}
      </h3>
      {children}
    </section>
  );
}
