import type { PointerEvent } from 'react';
import type { Point } from '#shared/graph/graph-routes.ts';
import type { Size } from './placement.ts';

interface MinimapProps {
  readonly bounds: Size & Point;
  readonly nodes: readonly { readonly id: string; readonly center: Point; readonly size: Size; readonly isNamed: boolean }[];
  readonly frame: (element: SVGRectElement | null) => void;
  readonly onCenter: (point: Point) => void;
}

/** Room around the picture, as a share of it. */
const AROUND = 0.05;
/** The little map is as wide as its picture asks for, so that it covers no more of what it lies on. Units: CSS px. */
const HEIGHT = 112;
const WIDTH = { least: 56, most: 168 } as const;

/** The whole graph in small, with a frame around what is in sight; a click or a drag goes there. The keyboard has Shift and arrows. */
export function Minimap({ bounds, nodes, frame, onCenter }: MinimapProps) {
  const [padX, padY] = [bounds.width * AROUND, bounds.height * AROUND];
  const box = [bounds.x - padX, bounds.y - padY, bounds.width + 2 * padX, bounds.height + 2 * padY];
  const width = Math.max(WIDTH.least, Math.min(WIDTH.most, (HEIGHT * bounds.width) / Math.max(1, bounds.height)));
  const go = (event: PointerEvent<SVGSVGElement>): void => {
    const matrix = event.currentTarget.getScreenCTM();
    if (matrix === null) return;
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    onCenter({ x, y });
  };
  return (
    <svg
      className="minimap"
      style={{ width, height: HEIGHT }}
      viewBox={box.map((each) => each.toFixed(0)).join(' ')}
      aria-hidden="true"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        go(event);
      }}
      onPointerMove={(event) => {
        if (event.buttons !== 0) go(event);
      }}
    >
      {nodes.map(({ id, center, size, isNamed }) => (
        <rect
          key={id}
          x={center.x - size.width / 2}
          y={center.y - size.height / 2}
          width={size.width}
          height={size.height}
          className={isNamed ? 'minimap-named' : 'minimap-node'}
        />
      ))}
      <rect ref={frame} className="minimap-frame" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
