import { Trash2 } from 'lucide-react';
import type { KnowledgeRow } from '#shared/contract/rows.ts';
import { KNOWLEDGE_WORDS } from '#shared/model/knowledge/kinds.ts';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';
import { IconButton } from '../../../widgets/icon-button.tsx';

interface KnowledgeTableProps {
  readonly rows: readonly KnowledgeRow[];
  /** Why nothing can be taken out now. */
  readonly readOnly: string | undefined;
  readonly onRemove: (row: KnowledgeRow) => void;
}

/** Every piece of knowledge with what it says, its hash and when it was added. */
export function KnowledgeTable({ rows, readOnly, onRemove }: KnowledgeTableProps) {
  if (rows.length === 0) return <p className="muted">The case was told nothing yet: every result rests on its evidence alone.</p>;
  return (
    <div className="knowledge-rows">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Kind</th>
            <th scope="col">File</th>
            <th scope="col">It says</th>
            <th scope="col">SHA-256</th>
            <th scope="col">Added (UTC)</th>
            <th scope="col">
              <span className="visually-hidden">Take out</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.kind} ${row.name}`}>
              <td>{KNOWLEDGE_WORDS[row.kind]}</td>
              <th scope="row">
                <EvidenceText text={row.name} />
              </th>
              <td>
                <EvidenceText text={row.says} />
              </td>
              <td>
                <code title={row.sha256}>{row.sha256 === '' ? 'not recorded' : `${row.sha256.slice(0, 12)}…`}</code>
              </td>
              <td>{row.added === '' ? 'not recorded' : row.added.slice(0, 19).replace('T', ' ')}</td>
              <td>
                <IconButton
                  icon={Trash2}
                  size={14}
                  label={`Take ${row.name} out`}
                  disabled={readOnly}
                  onClick={() => {
                    onRemove(row);
                  }}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
