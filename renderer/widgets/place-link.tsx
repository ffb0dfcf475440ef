import type { MouseEvent, ReactNode } from 'react';

interface PlaceLinkProps {
  /** A link inside this window, from `printPlace`. */
  readonly href: string;
  readonly onGo: () => void;
  readonly children: ReactNode;
  readonly className?: string;
  readonly title?: string;
}

/** A real link to another place in the case: it can be copied and focused, and a plain click goes there at once. */
export function PlaceLink({ href, onGo, children, className = 'link', title }: PlaceLinkProps) {
  const onClick = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    onGo();
  };
  return (
    <a href={href} className={className} title={title} onClick={onClick}>
      {children}
    </a>
  );
}
