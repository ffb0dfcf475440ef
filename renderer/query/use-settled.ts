import { useEffect, useState } from 'react';

/** Pause after the last change before it counts: a word is typed faster than that. Units: ms. */
const SETTLE = 250;

/** A value once it has stopped changing. Shape: plain JSON, compared as such, so that a caller may make it anew each time. */
export function useSettled<T>(value: T): T {
  const text = JSON.stringify({ value });
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = window.setTimeout(() => {
      setSettled(text);
    }, SETTLE);
    return () => {
      window.clearTimeout(timer);
    };
  }, [text]);
  return settled === text ? value : (JSON.parse(settled) as { readonly value: T }).value;
}
