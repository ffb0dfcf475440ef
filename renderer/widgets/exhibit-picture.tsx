import { Fragment, type ReactNode } from 'react';
import { markPath, type Drawing, type Shape } from '#shared/model/exhibit-drawing.ts';
import { toVisibleText } from '#shared/lib/visible-text.ts';

interface ExhibitPictureProps {
  readonly drawing: Drawing;
  /** What the picture shows, for those who cannot see it; the rows follow it as a table. */
  readonly label: string;
  /** Puts a link to its call around a mark. */
  readonly linked: (call: string, mark: ReactNode) => ReactNode;
}

/** The picture of an exhibit: a strip, a graph of owners or a curve. */
export function ExhibitPicture({ drawing, label, linked }: ExhibitPictureProps) {
  const { width, height, shapes } = drawing;
  return (
    <div className="exhibit-picture" tabIndex={0} role="group" aria-label={label}>
      <svg viewBox={`0 0 ${String(width)} ${String(height)}`} width={width} height={height}>
        {shapes.map((shape, index) => (
          <Fragment key={index}>
            {shape.kind === 'mark' && shape.call !== undefined ? (
              linked(shape.call, <ShapeMark shape={shape} />)
            ) : (
              <ShapeMark shape={shape} />
            )}
          </Fragment>
        ))}
      </svg>
    </div>
  );
}

function ShapeMark({ shape }: { readonly shape: Shape }) {
  if (shape.kind === 'line')
    return <line className={`exhibit-line ${shape.look}`} x1={shape.x1} y1={shape.y1} x2={shape.x2} y2={shape.y2} />;
  if (shape.kind === 'curve') return <polyline className="exhibit-line" points={shape.points.map((point) => point.join(',')).join(' ')} />;
  if (shape.kind === 'text')
    return (
      <text x={shape.x} y={shape.y} textAnchor={shape.anchor}>
        {toVisibleText(shape.text)}
      </text>
    );
  return (
    <path className={`exhibit-mark ${shape.tone}`} d={markPath(shape)}>
      <title>{toVisibleText(shape.label)}</title>
    </path>
  );
}
