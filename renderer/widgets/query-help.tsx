import './query-help.css';
import { BookOpen } from 'lucide-react';
import { Popover } from 'radix-ui';
import { queryForms } from '#shared/query/forms.ts';

/** What can be written in a query, one key away from where it is written. */
export function QueryHelp() {
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <button type="button" className="icon-button" aria-label="What can be written in a query" title="What can be written in a query">
          <BookOpen size={16} strokeWidth={1.5} aria-hidden="true" />
        </button>
      </Popover.Trigger>
      <Popover.Content
        className="menu query-help"
        align="end"
        sideOffset={4}
        aria-label="What can be written in a query"
        data-popover=""
        tabIndex={0}
      >
        <dl>
          {queryForms.map(({ form, meaning }) => (
            <div key={form} className="query-form">
              <dt className="mono">{form}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </Popover.Content>
    </Popover.Root>
  );
}
