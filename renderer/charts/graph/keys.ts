import type { KeyboardEvent } from 'react';
import { LARGER, SMALLER } from './tools.tsx';
import type { PictureKeys } from '../picture-keys.ts';
import type { Zoom } from '../use-zoom.ts';

/** Units: CSS px of the screen for one press of Shift and an arrow. */
const PAN = 80;
const PANS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [PAN, 0],
  ArrowRight: [-PAN, 0],
  ArrowUp: [0, PAN],
  ArrowDown: [0, -PAN],
};

interface Moves extends Pick<Zoom, 'scaleBy' | 'panBy'> {
  readonly keys: PictureKeys;
  readonly whole: () => void;
  readonly onBack: (() => void) | undefined;
  readonly onForward: (() => void) | undefined;
}

/** What a key does to the view of a picture, whatever it shows: its steps, its place and its size; `undefined` for any other key. */
export function zoomAction(event: KeyboardEvent, { keys, scaleBy, panBy, whole, onBack, onForward }: Moves): (() => void) | undefined {
  if (event.altKey) return event.key === 'ArrowLeft' ? onBack : event.key === 'ArrowRight' ? onForward : undefined;
  const isHeld = event.ctrlKey || event.metaKey;
  const pan = event.shiftKey && !isHeld ? PANS[event.key] : undefined;
  if (pan !== undefined)
    return () => {
      panBy(...pan);
    };
  switch (keys.read(event)) {
    case 'whole-picture':
      return whole;
    case 'larger':
      return () => {
        scaleBy(LARGER);
      };
    case 'smaller':
      return () => {
        scaleBy(SMALLER);
      };
    default:
      return undefined;
  }
}
