import type { ReactNode } from 'react';
import { GoLink } from '../state/go-link.tsx';
import { EmptyState } from '../widgets/empty-state.tsx';

/** A case without a call has nothing to show on most screens; `children` says what this one would have shown. */
export function EmptyCase({ children }: { readonly children: ReactNode }) {
  return (
    <EmptyState
      title="This case holds no calls"
      actions={
        <GoLink to={{ view: 'evidence', source: undefined }} className="button">
          Look at the evidence
        </GoLink>
      }
    >
      {children}
    </EmptyState>
  );
}
