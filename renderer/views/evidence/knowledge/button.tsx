import { BookKey } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useEngineQuery } from '../../../query/use-engine-query.ts';
import { Button } from '../../../widgets/button.tsx';
import { formatCount } from '../../../widgets/format.ts';
import { KnowledgeDialog } from './dialog.tsx';

/** Opens what the case was told beside its evidence, and says how much that is. */
export function KnowledgeButton() {
  const knowledge = useEngineQuery('knowledge.list', {});
  const [open, setOpen] = useState(false);
  const close = useCallback(() => {
    setOpen(false);
  }, []);
  return (
    <>
      <Button
        onClick={() => {
          setOpen(true);
        }}
      >
        <BookKey size={14} strokeWidth={1.5} aria-hidden="true" />
        Knowledge{knowledge.data === undefined || knowledge.data.length === 0 ? '' : ` (${formatCount(knowledge.data.length)})`}…
      </Button>
      {open ? <KnowledgeDialog onClose={close} /> : null}
    </>
  );
}
