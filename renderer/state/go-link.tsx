import type { ReactNode } from 'react';
import { PlaceLink } from '../widgets/place-link.tsx';
import { follow, useSelection } from './selection.ts';
import { followed, printPlace, type Place } from './url.ts';

interface GoLinkProps {
  /** Where to; what it leaves out stays as it is. */
  readonly to: Partial<Place>;
  readonly children: ReactNode;
  readonly className?: string;
  readonly title?: string;
  /** False: by pointer only, where the keyboard has another way. */
  readonly tabbable?: boolean;
}

/** A link to another place in the case. */
export function GoLink({ to, children, ...look }: GoLinkProps) {
  const href = useSelection((state) => printPlace({ ...state.place, ...followed(state.place, to) }));
  return (
    <PlaceLink
      href={href}
      onGo={() => {
        follow(to);
      }}
      {...look}
    >
      {children}
    </PlaceLink>
  );
}
