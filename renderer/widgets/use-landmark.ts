import { useCallback, useState } from 'react';

/**
 * The part of the page that an element belongs to: main, header, footer or navigation. What floats over the window is put there and not at
 * the end of the page, where it would belong to no part of it.
 */
export function useLandmark(): readonly [landmark: HTMLElement | null, ref: (element: HTMLElement | null) => void] {
  const [landmark, setLandmark] = useState<HTMLElement | null>(null);
  const ref = useCallback((element: HTMLElement | null) => {
    setLandmark(element?.closest<HTMLElement>('main, header, footer, nav') ?? null);
  }, []);
  return [landmark, ref];
}
