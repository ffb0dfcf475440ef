import type { MouseEvent, ReactNode } from 'react';

interface PlaceLinkProps {
  /** A link inside this window, from `printPlace`. */
  readonly href: string;
  readonly onGo: () => void;
  readonly children: ReactNode;
  readonly className?: string;
  readonly title?: string;
  /** False: by pointer only, where the keyboard has another way. */
  readonly tabbable?: boolean;
}

/** A real link to another place in the case: it can be copied and focused, and a plain click goes there at once. */
export function PlaceLink({ href, onGo, children, className = 'link', title, tabbable = true }: PlaceLinkProps) {
  const onClick = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    onGo();
  };
  return (
    <a href={href} className={className} title={title} tabIndex={tabbable ? undefined : -1} onClick={onClick}>
      {children}
    </a>
  );
}
