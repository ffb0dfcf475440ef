import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';

/** What an arrow key moves the divider by, and with Shift. Units: CSS px. */
const STEP = 16;
const LONG_STEP = 80;

interface SplitPaneProps {
  /** `row`: side by side, `column`: one above the other. */
  readonly direction: 'row' | 'column';
  /** Which of the two panes `size` measures; the other takes the rest. */
  readonly sized: 'first' | 'second';
  /** Units: CSS px. */
  readonly size: number;
  readonly min: number;
  readonly max?: number;
  /** Told when the divider is moved; `undefined` asks for the first size again. */
  readonly onSize: (size: number | undefined) => void;
  readonly label: string;
  readonly first: ReactNode;
  /** Absent: the first pane takes all the room and stays the same element, so that it keeps its scroll and focus. */
  readonly second: ReactNode | undefined;
}

/**
 * Two panes and a divider that pointer and keys move; a double click brings the first size back. The owner keeps the size. Our own, after
 * react-resizable-panels 4.24 was tried: that keeps shares and not pixels, moves by 5 % of the window on a key, tells assistive
 * technology percent, and a size moved by key could not be read back in pixels when its layout had changed.
 */
export function SplitPane({ direction, sized, size, min, max = 2000, onSize, label, first, second }: SplitPaneProps) {
  const box = useRef<HTMLDivElement>(null);
  const start = useRef<{ readonly at: number; readonly size: number } | undefined>(undefined);
  const clamp = (next: number): number => {
    const room = direction === 'row' ? (box.current?.clientWidth ?? max) : (box.current?.clientHeight ?? max);
    return Math.round(Math.max(min, Math.min(next, max, room - min)));
  };
  const place = (event: PointerEvent): number => (direction === 'row' ? event.clientX : event.clientY);
  const sign = sized === 'first' ? 1 : -1;

  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { at: place(event), size };
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    if (start.current !== undefined) onSize(clamp(start.current.size + sign * (place(event) - start.current.at)));
  };
  const onPointerUp = (): void => {
    start.current = undefined;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = sizeByKey(event, direction, { size, min, max, sign });
    if (next === undefined) return;
    event.preventDefault();
    onSize(clamp(next));
  };

  const sizeStyle = { flex: `0 1 ${String(size)}px` };
  return (
    <div ref={box} className={`split split-${direction}`}>
      <div className="split-pane" style={sized === 'first' && second !== undefined ? sizeStyle : undefined}>
        {first}
      </div>
      {second === undefined ? null : (
        <>
          <div
            className="split-divider"
            role="separator"
            tabIndex={0}
            aria-label={label}
            aria-orientation={direction === 'row' ? 'vertical' : 'horizontal'}
            aria-valuenow={size}
            aria-valuemin={min}
            aria-valuemax={max}
            onPointerDown={onPointerDown}
            onPointerMove={onPointerMove}
            onPointerUp={onPointerUp}
            onKeyDown={onKeyDown}
            onDoubleClick={() => {
              onSize(undefined);
            }}
          />
          <div className="split-pane" style={sized === 'second' ? sizeStyle : undefined}>
            {second}
          </div>
        </>
      )}
    </div>
  );
}

interface Extent {
  readonly size: number;
  readonly min: number;
  readonly max: number;
  /** 1 when the divider's way forward makes the sized pane larger, else -1. */
  readonly sign: 1 | -1;
}

/** The size that a key asks for: arrows along the panes by a step, Home and End to the ends of the divider's way. */
function sizeByKey({ key, shiftKey }: KeyboardEvent, direction: 'row' | 'column', { size, min, max, sign }: Extent): number | undefined {
  const step = sign * (shiftKey ? LONG_STEP : STEP);
  if (key === (direction === 'row' ? 'ArrowRight' : 'ArrowDown')) return size + step;
  if (key === (direction === 'row' ? 'ArrowLeft' : 'ArrowUp')) return size - step;
  if (key === 'Home') return sign === 1 ? min : max;
  if (key === 'End') return sign === 1 ? max : min;
  return undefined;
}
