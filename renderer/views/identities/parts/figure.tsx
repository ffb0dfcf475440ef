import type { ReactNode } from 'react';

interface FigureProps {
  readonly title: string;
  /** What exactly it counts. */
  readonly about: string;
  readonly children: ReactNode;
}

/** One figure of a line of figures; what it counts is in its tooltip and read out with it. */
export function Figure({ title, about, children }: FigureProps) {
  return (
    <div title={about}>
      <dt>
        {title}
        <span className="visually-hidden"> {about}</span>
      </dt>
      <dd className="number">{children}</dd>
    </div>
  );
}
