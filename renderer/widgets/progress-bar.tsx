interface ProgressBarProps {
  readonly label: string;
  readonly done: number;
  /** Absent while it is not known; then the bar shows that work goes on. */
  readonly total: number | undefined;
}

/** How far a piece of work is. */
export function ProgressBar({ label, done, total }: ProgressBarProps) {
  return (
    <progress
      className="progress"
      aria-label={label}
      {...(total === undefined || total === 0 ? {} : { value: Math.min(done, total), max: total })}
    />
  );
}
