import './knowledge.css';
import { useState } from 'react';
import type { KnowledgeRow } from '#shared/contract/rows.ts';
import { toAppError } from '#shared/contract/errors.ts';
import { useEngineQuery } from '../../../query/use-engine-query.ts';
import { useReadOnly } from '../../../state/read-only.ts';
import { useSession } from '../../../state/session.ts';
import { Answer } from '../../../widgets/answer.tsx';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';
import { Modal } from '../../../widgets/modal.tsx';
import { addFiles, type AddedFile } from './add-files.ts';
import { KnowledgeDrop } from './drop.tsx';
import { KnowledgeTable } from './table.tsx';

/** What the case was told beside its evidence: lists what there is, takes more by choice or drop, and takes it out again. */
export function KnowledgeDialog({ onClose }: { readonly onClose: () => void }) {
  const knowledge = useEngineQuery('knowledge.list', {});
  const client = useSession((state) => state.client);
  const readOnly = useReadOnly();
  const [results, setResults] = useState<readonly AddedFile[]>([]);
  const [busy, setBusy] = useState(false);
  const run = (work: () => Promise<readonly AddedFile[]>): void => {
    setBusy(true);
    void work().then((done) => {
      setResults(done);
      setBusy(false);
      knowledge.reload();
    });
  };
  const remove = ({ kind, name }: KnowledgeRow): void => {
    if (client === undefined) return;
    run(() =>
      client.call('knowledge.remove', { kind, name }).then(
        () => [],
        (thrown: unknown) => [{ name, problem: toAppError(thrown).message }],
      ),
    );
  };
  return (
    <Modal
      title="Knowledge that is not evidence"
      about="Lists and keys that the analysis compares calls with, and how sources are read. The report names each with its SHA-256, apart from the evidence."
      wide
      onClose={onClose}
    >
      <Answer query={knowledge} what="the knowledge" lines={4}>
        {(rows) => (
          <KnowledgeTable rows={rows} readOnly={readOnly ?? (busy ? 'Another change is being made' : undefined)} onRemove={remove} />
        )}
      </Answer>
      <KnowledgeDrop
        disabled={readOnly ?? (busy ? 'The last files are being added' : undefined)}
        onFiles={(kind, files) => {
          if (client !== undefined) run(() => addFiles(client, kind, files));
        }}
      />
      <Results results={results} />
    </Modal>
  );
}

function Results({ results }: { readonly results: readonly AddedFile[] }) {
  return (
    <div role="status">
      <ul className="plain-list">
        {results.map(({ name, problem }) => (
          <li key={name} className={problem === undefined ? 'muted' : 'severity-high'}>
            <EvidenceText text={name} />: {problem ?? 'added. The analysis is out of date where it uses this'}
          </li>
        ))}
      </ul>
    </div>
  );
}
