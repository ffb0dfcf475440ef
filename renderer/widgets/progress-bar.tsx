interface ProgressBarProps {
  readonly label: string;
  readonly done: number;
  /** Absent while it is not known; then the bar shows that work goes on. */
  readonly total: number | undefined;
  /** True while the work is held. */
  readonly paused?: boolean;
}

/** How far a piece of work is. */
export function ProgressBar({ label, done, total, paused = false }: ProgressBarProps) {
  return (
    <progress
      className="progress"
      aria-label={label}
      data-paused={paused ? true : undefined}
      {...(total === undefined || total === 0 ? {} : { value: Math.min(done, total), max: total })}
    />
  );
}
