import { formatCount } from '../widgets/format.ts';
import { GoLink } from './go-link.tsx';
import type { Place } from './url.ts';

interface CountLinkProps {
  readonly count: number;
  /** Where exactly the counted rows stand; absent where nothing can ask for them. */
  readonly to: Partial<Place> | undefined;
  readonly title?: string;
  /** False in a grid whose rows have a menu with the same: hundreds of links would stand between the keyboard and what follows. */
  readonly tabbable?: boolean;
}

/** A count that leads to the rows it counts. A zero leads nowhere and recedes. */
export function CountLink({ count, to, ...look }: CountLinkProps) {
  if (count === 0) return <span className="faint">0</span>;
  return to === undefined ? (
    formatCount(count)
  ) : (
    <GoLink to={to} {...look}>
      {formatCount(count)}
    </GoLink>
  );
}
