import { useEffect, useState } from 'react';
import type { SourceRow } from '#shared/contract/rows.ts';
import { likelyZone } from '#shared/model/likely-zone.ts';
import { Button } from '../../widgets/button.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { Modal } from '../../widgets/modal.tsx';
import { isZone } from '../../widgets/zone.ts';
import { ZoneField } from '../../widgets/zone-field.tsx';
import { FileMissing, RereadState } from './read-as/reread-parts.tsx';
import { useReread } from './read-as/use-reread.ts';

/** Asks in which zone a source's stamps were written, and reads it again with the answer. */
export function ZoneDialog({ source, onClose }: { readonly source: SourceRow; readonly onClose: () => void }) {
  const [zone, setZone] = useState(source.zone ?? likelyZone(source) ?? '');
  const reread = useReread(source);
  const { job } = reread;
  useEffect(() => {
    if (job.kind === 'done') onClose();
  }, [job.kind, onClose]);
  const isMissing = job.kind === 'failed' && job.error.code === 'unavailable' && reread.files === undefined;
  return (
    <Modal
      title={
        <>
          Time zone of <EvidenceText text={source.name} />
        </>
      }
      about="Its stamps name no zone. Give the one that the machine which wrote them was set to: the source is read again, and the report says that the zone was given."
      onClose={onClose}
    >
      <ZoneField value={zone} onChange={setZone} />
      {isMissing ? <FileMissing source={source} reread={reread} /> : <RereadState reread={reread} />}
      <div className="dialog-foot">
        <Button onClick={onClose}>Close</Button>
        <Button
          primary
          disabled={job.kind === 'running' || zone.trim() === '' || !isZone(zone)}
          onClick={() => {
            reread.start({
              ...(source.recognizedBy === 'override' && source.format !== undefined ? { format: source.format } : {}),
              ...(source.settings === undefined ? {} : { settings: source.settings }),
              zone: zone.trim(),
            });
          }}
        >
          Read again in this zone
        </Button>
      </div>
    </Modal>
  );
}
