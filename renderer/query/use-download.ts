import { useEffect, useRef } from 'react';
import type { Exported } from '#shared/contract/table.ts';
import { startDownload } from '../host/download.ts';

/** Starts the download of what was exported, once for each export; where the host saved a file itself there is nothing to do. */
export function useDownload(exported: Exported | undefined): void {
  const started = useRef<Exported | undefined>(undefined);
  useEffect(() => {
    if (exported?.kind !== 'download' || started.current === exported) return;
    started.current = exported;
    startDownload(exported.url, exported.name);
  }, [exported]);
}
