import type { ReactNode } from 'react';

/** A titled part of an entry's page. */
export function Part({ title, note, children }: { readonly title: string; readonly note?: ReactNode; readonly children: ReactNode }) {
  return (
    <section className="revo-part">
      <h3>
        {title}
        {note === undefined ? null : <span className="muted revo-note">{note}</span>}
      </h3>
      {children}
    </section>
  );
}
