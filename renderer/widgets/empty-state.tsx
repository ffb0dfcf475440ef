import type { ReactNode } from 'react';

interface EmptyStateProps {
  /** What is not here. */
  readonly title: string;
  /** Why: which filter or which missing source makes it empty. */
  readonly children: ReactNode;
  /** At most two ways on. */
  readonly actions?: ReactNode;
}

/** Nothing to show, said with its reason. */
export function EmptyState({ title, children, actions }: EmptyStateProps) {
  return (
    <section className="empty-state">
      <h2 className="state-title">{title}</h2>
      <div className="muted">{children}</div>
      {actions === undefined ? null : <div className="actions">{actions}</div>}
    </section>
  );
}
