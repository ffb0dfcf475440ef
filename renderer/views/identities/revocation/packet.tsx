import { useState } from 'react';
import type { PacketFile } from '#shared/contract/revocation.ts';
import { CardPart } from '../../../widgets/card.tsx';
import { CopyButton } from '../../../widgets/copy-button.tsx';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';

/** The drafts for this credential, to be read before they are used. Nothing is sent from here. */
export function Packet({ files }: { readonly files: readonly PacketFile[] }) {
  const [name, setName] = useState(files[0]?.name);
  const shown = files.find((file) => file.name === name) ?? files[0];
  if (shown === undefined) return null;
  return (
    <CardPart title="Packet" note="drafts without the secret; nothing is sent">
      <div className="revo-files">
        <label className="field-label">
          File
          <select
            className="field"
            value={shown.name}
            onChange={(event) => {
              setName(event.target.value);
            }}
          >
            {files.map((file) => (
              <option key={file.name} value={file.name}>
                {file.name}
              </option>
            ))}
          </select>
        </label>
        <CopyButton text={shown.text} label={`Copy ${shown.name}`} />
      </div>
      <pre className="revo-file" tabIndex={0} aria-label={shown.name}>
        <EvidenceText text={shown.text.replaceAll('\r\n', '\n')} keepLines />
      </pre>
    </CardPart>
  );
}
