import { FileInput } from 'lucide-react';
import { useState } from 'react';
import { toAppError, type AppError } from '#shared/contract/errors.ts';
import { chooseAndReview } from '../../host/review-files.ts';
import { closeCase, openSample } from '../../host/cases.ts';
import { useReadOnly } from '../../state/read-only.ts';
import { useSession } from '../../state/session.ts';
import { Button } from '../../widgets/button.tsx';
import { ErrorPanel } from '../../widgets/error-panel.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';

/** Where evidence comes in, by drop or by dialog. The drop itself is the whole window's. */
export function DropZone() {
  const openCase = useSession((state) => state.openCase);
  const readOnly = useReadOnly();
  const [error, setError] = useState<AppError | undefined>(undefined);
  const run = (work: () => Promise<void>): void => {
    setError(undefined);
    work().catch((thrown: unknown) => {
      setError(toAppError(thrown));
    });
  };
  return (
    <section className="drop-zone" aria-labelledby="drop-zone-title">
      <FileInput size={24} strokeWidth={1.5} aria-hidden="true" />
      <h2 id="drop-zone-title">
        {readOnly ??
          (openCase === undefined ? (
            'Drop files, folders or a .zip here'
          ) : (
            <>
              Drop files here to add them to <EvidenceText text={openCase.title} />
            </>
          ))}
      </h2>
      <p className="muted">
        HAR · logs of gateways, proxies and clouds · traces · MCP · OpenAPI · any JSON, CSV or log format of your own · zip, tar, gzip, zstd
      </p>
      <div className="actions">
        <Button
          primary
          disabled={readOnly}
          onClick={() => {
            run(chooseAndReview);
          }}
        >
          Choose files…
        </Button>
        {openCase === undefined ? (
          <Button
            onClick={() => {
              run(openSample);
            }}
          >
            Open the sample case
          </Button>
        ) : (
          <Button
            onClick={() => {
              run(closeCase);
            }}
          >
            Close this case
          </Button>
        )}
      </div>
      <p className="faint">Your files stay as they are. Nothing leaves this machine.</p>
      {error === undefined ? null : <ErrorPanel error={error} title="That did not work" />}
    </section>
  );
}
