import { Fragment, useContext } from 'react';
import { formatCount, formatDuration, formatTime, toByteQuantity } from './format.ts';
import { BesideUtc, toLocalTime } from './local-time.ts';

/** Bytes in decimal units; the exact count is in the tooltip. */
export function ByteCount({ value }: { readonly value: number }) {
  const { value: figure, unit } = toByteQuantity(value);
  return (
    <span className="number" title={`${formatCount(value)} bytes`}>
      {figure} <span className="unit">{unit}</span>
    </span>
  );
}

/** A duration, its units muted: `4 m 12 s`. Units: ms. */
export function DurationText({ ms }: { readonly ms: number }) {
  return (
    <span className="number">
      {formatDuration(ms)
        .split(' ')
        .map((part, index) => (
          <Fragment key={index}>
            {index === 0 ? null : ' '}
            {index % 2 === 0 ? part : <span className="unit">{part}</span>}
          </Fragment>
        ))}
    </span>
  );
}

/** Hyphens between tabular figures keep their own width: Inter's tabular hyphen would tear a date apart. */
function Figures({ text }: { readonly text: string }) {
  const [year, month, ...rest] = text.split('-');
  return rest.length === 0 ? (
    text
  ) : (
    <>
      {year}
      <i className="hyphen">-</i>
      {month}
      <i className="hyphen">-</i>
      {rest.join('-')}
    </>
  );
}

interface TimeTextProps {
  readonly time: string | undefined;
  readonly to?: 'ms' | 's' | 'min';
}

/** A UTC time as screens show it; the zone stands in the column head or beside it. The tooltip tells the clock beside UTC, where one is chosen. */
export function TimeText({ time, to = 'ms' }: TimeTextProps) {
  const zone = useContext(BesideUtc);
  if (time === undefined) return <span className="faint">time unknown</span>;
  return (
    <time className="number" dateTime={time} title={zone === '' ? `${time} (UTC)` : `${time} (UTC)\n${toLocalTime(time, zone)} (${zone})`}>
      <Figures text={formatTime(time, to)} />
    </time>
  );
}

/** The same time on the clock beside UTC; nothing where none is chosen. */
export function LocalTime({ time }: { readonly time: string | undefined }) {
  const zone = useContext(BesideUtc);
  if (zone === '' || time === undefined) return null;
  return (
    <span className="number" title={zone}>
      <Figures text={toLocalTime(time, zone)} />
    </span>
  );
}
