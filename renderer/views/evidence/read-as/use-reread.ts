import { useState } from 'react';
import { toAppError, type AppError } from '#shared/contract/errors.ts';
import type { ReadChoice } from '#shared/contract/read-choice.ts';
import type { SourceRow } from '#shared/contract/rows.ts';
import type { Imported } from '#shared/contract/table.ts';
import { pickRefs } from '../../../host/import-files.ts';
import { useEngineJob, type JobState } from '../../../query/use-engine-job.ts';

/** Reading one source anew. */
export interface Reread {
  readonly job: JobState<Imported>;
  readonly start: (choice: ReadChoice) => void;
  /** Tokens of the files that the source is in, once they were chosen by hand. */
  readonly files: readonly string[] | undefined;
  /** Asks where the source is: it was imported before this window opened. */
  readonly choose: () => void;
  readonly chooseError: AppError | undefined;
}

/** Reads a source anew, from where it was imported or from files that are chosen now. */
export function useReread(source: SourceRow): Reread {
  const [job, run] = useEngineJob('host.reread', `Reading ${source.name} again`);
  const [files, setFiles] = useState<readonly string[] | undefined>(undefined);
  const [chooseError, setChooseError] = useState<AppError | undefined>(undefined);
  return {
    job,
    start: (choice) => {
      run({ source: source.name, ...choice, ...(files === undefined ? {} : { files: [...files] }) });
    },
    files,
    choose: () => {
      setChooseError(undefined);
      pickRefs().then(
        (refs) => {
          if (refs.length > 0) setFiles(refs.map(({ id }) => id));
        },
        (thrown: unknown) => {
          setChooseError(toAppError(thrown));
        },
      );
    },
    chooseError,
  };
}
