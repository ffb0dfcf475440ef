import { useCallback, useState } from 'react';
import { toAppError, type AppError } from '#shared/contract/errors.ts';
import type { ReportSettings, ReportState } from '#shared/contract/report-settings.ts';
import { useEngineQuery, type QueryState } from '../../query/use-engine-query.ts';
import { useSession } from '../../state/session.ts';

/** What the report screen asks and changes. */
export interface ReportEditor {
  readonly state: QueryState<ReportState>;
  /** Why the last change was not kept. */
  readonly error: AppError | undefined;
  readonly choose: (settings: ReportSettings) => void;
  readonly sign: (name: string, role: string) => void;
  readonly unsign: () => void;
}

/** The choices for the printed report and their changes; the preview follows them, since both depend on the count of changes. */
export function useReportState(): ReportEditor {
  const state = useEngineQuery('report.state', {});
  const client = useSession((session) => session.client);
  const [error, setError] = useState<AppError | undefined>(undefined);
  const keep = useCallback((work: Promise<unknown> | undefined) => {
    work?.then(
      () => {
        setError(undefined);
      },
      (thrown: unknown) => {
        setError(toAppError(thrown));
      },
    );
  }, []);
  return {
    state,
    error,
    choose: (settings) => {
      keep(client?.call('report.set', { settings: { ...settings, omitted: [...settings.omitted] } }));
    },
    sign: (name, role) => {
      keep(client?.call('report.sign', { name, role }));
    },
    unsign: () => {
      keep(client?.call('report.unsign', {}));
    },
  };
}
