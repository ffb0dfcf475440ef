import { Pause, Play } from 'lucide-react';
import { useState } from 'react';
import { pauseImport } from '../../host/import-files.ts';
import { Button } from '../../widgets/button.tsx';

/** Asks the running import for a hold, or to go on; the import itself says when it has come to one. */
export function PauseButton({ paused }: { readonly paused: boolean }) {
  const [asked, setAsked] = useState<boolean | undefined>(undefined);
  if (asked === paused) setAsked(undefined);
  const wait = asked !== undefined && asked !== paused;
  const Icon = paused ? Play : Pause;
  return (
    <Button
      disabled={wait}
      onClick={() => {
        setAsked(!paused);
        pauseImport(!paused).catch(() => {
          // A lost connection or an import that has just ended: both show themselves.
          setAsked(undefined);
        });
      }}
    >
      <Icon size={14} strokeWidth={1.5} aria-hidden="true" />
      {wait ? (asked ? 'Pausing…' : 'Going on…') : paused ? 'Resume' : 'Pause'}
    </Button>
  );
}
