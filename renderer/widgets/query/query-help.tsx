import './query-help.css';
import { BookOpen } from 'lucide-react';
import { queryForms } from '#shared/query/forms.ts';
import { Popover } from '../popover.tsx';

/** What can be written in a query, beside where it is written. */
export function QueryHelp() {
  return (
    <Popover label="What can be written in a query" button={{ icon: BookOpen }} panel="query-help">
      <dl>
        {queryForms.map(({ form, meaning }) => (
          <div key={form} className="query-form">
            <dt className="mono">{form}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Popover>
  );
}
