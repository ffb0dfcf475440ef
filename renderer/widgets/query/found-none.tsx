import type { ReactNode } from 'react';
import { formatPlural } from '../format.ts';

interface FoundNoneProps {
  /** What was looked for, in the plural: "findings". */
  readonly what: string;
  /** How many calls were looked at. */
  readonly calls: number;
  /** What that does and does not mean. */
  readonly children: ReactNode;
  /** At most two ways on. */
  readonly actions?: ReactNode;
}

/** It ran and found none: the zero is a result, and stands with how much was looked at. */
export function FoundNone({ what, calls, children, actions }: FoundNoneProps) {
  return (
    <section className="found-none">
      <h2>
        <span className="found-none-zero">0</span> {what} in {formatPlural(calls, 'call')}
      </h2>
      <div className="muted">{children}</div>
      {actions === undefined ? null : <div className="actions">{actions}</div>}
    </section>
  );
}
