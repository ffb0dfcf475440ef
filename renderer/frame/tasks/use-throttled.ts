import { useEffect, useRef, useState } from 'react';

/** A text that changes at most once per `wait`; the last one always comes through. Units: ms. */
export function useThrottled(text: string, wait: number): string {
  const [shown, setShown] = useState('');
  const last = useRef(-Infinity);
  useEffect(() => {
    const timer = window.setTimeout(
      () => {
        last.current = performance.now();
        setShown(text);
      },
      Math.max(0, last.current + wait - performance.now()),
    );
    return () => {
      window.clearTimeout(timer);
    };
  }, [text, wait]);
  return shown;
}
