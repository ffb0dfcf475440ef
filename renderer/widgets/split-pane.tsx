import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';

/** What an arrow key moves the divider by. Units: CSS px. */
const STEP = 16;

interface SplitPaneProps {
  /** `row`: side by side, `column`: one above the other. */
  readonly direction: 'row' | 'column';
  /** Which of the two panes `size` measures; the other takes the rest. */
  readonly sized: 'first' | 'second';
  /** Units: CSS px. */
  readonly size: number;
  readonly min: number;
  readonly max?: number;
  readonly onSize: (size: number) => void;
  readonly label: string;
  readonly first: ReactNode;
  /** Absent: the first pane takes all the room and stays the same element, so that it keeps its scroll and focus. */
  readonly second: ReactNode | undefined;
}

/** Two panes and a divider that pointer and arrow keys move. The owner keeps the size. */
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
    const forward = direction === 'row' ? 'ArrowRight' : 'ArrowDown';
    const back = direction === 'row' ? 'ArrowLeft' : 'ArrowUp';
    if (event.key !== forward && event.key !== back) return;
    event.preventDefault();
    onSize(clamp(size + sign * (event.key === forward ? STEP : -STEP)));
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
          />
          <div className="split-pane" style={sized === 'second' ? sizeStyle : undefined}>
            {second}
          </div>
        </>
      )}
    </div>
  );
}
