/** One line or entry of a log, before the log is put in order. Units: `loggedAt` in epoch ms. */
export interface Logged {
  readonly loggedAt: number;
  readonly text: string;
  /** What the truth calls this record; several records may share one. */
  readonly tag: string | undefined;
  /** Joins the records of one request in several logs. */
  readonly requestId: string | undefined;
}

export type LogName = 'kong' | 'nginx' | 'envoy' | 'har';

/** Collects what the actors cause; the writers put it in order and into files. */
export interface Recorder {
  add(log: LogName, record: Logged): void;
  /** All records of a log by time; equal times keep the order of arrival. */
  inOrder(log: LogName): readonly Logged[];
}

/** An empty recorder. */
export function makeRecorder(): Recorder {
  const logs: Record<LogName, Logged[]> = { kong: [], nginx: [], envoy: [], har: [] };
  return {
    add: (log, record) => {
      logs[log].push(record);
    },
    inOrder: (log) => logs[log].toSorted((left, right) => left.loggedAt - right.loggedAt),
  };
}
