import { useEffect, useState } from 'react';

/** Answers faster than this are shown without a skeleton before them. Units: ms. */
const DELAY = 150;

/** Grey lines where an answer will stand; nothing at all for the first 150 ms. */
export function Skeleton({ lines = 4, label }: { readonly lines?: number; readonly label: string }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => {
      setShown(true);
    }, DELAY);
    return () => {
      window.clearTimeout(timer);
    };
  }, []);
  if (!shown) return <div className="skeleton" aria-busy="true" />;
  return (
    <div className="skeleton" role="status" aria-busy="true" aria-label={`Loading ${label}`}>
      {Array.from({ length: lines }, (_, index) => (
        <div key={index} className="skeleton-line" />
      ))}
    </div>
  );
}
