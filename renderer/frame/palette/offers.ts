import { openCase } from '../../host/cases.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { listCommands, useCommandStore, type Command } from '../../state/commands.ts';
import { toCalls } from '../../state/places.ts';
import { follow } from '../../state/selection.ts';
import { useQueryHistory } from '../../query/use-query-history.ts';
import { useSession } from '../../state/session.ts';
import { attempt } from '../attempt.ts';

/** Everything that the palette can find: the commands of the window and its screen, the cases of this machine, earlier queries. */
export function useOffers(): readonly Command[] {
  const mounted = useCommandStore((state) => state.mounted);
  const commands = listCommands({ mounted }).filter(({ id }) => id !== 'find-command');
  return [...commands, ...useCases(), ...useQueries()];
}

function useCases(): readonly Command[] {
  const cases = useEngineQuery('host.cases', {});
  const current = useSession((state) => state.openCase?.id);
  const busy = useSession((state) => state.importing?.kind === 'running');
  return (cases.data ?? []).map(({ id, title }) => ({
    id: `open-case-${id}`,
    title,
    group: 'Cases',
    enabled: id !== current && !busy,
    reason: id === current ? 'Open now' : 'An import is running',
    run: () => {
      attempt(`Opening ${title}`, openCase(id, title));
    },
  }));
}

function useQueries(): readonly Command[] {
  const queries = useQueryHistory();
  const hasCase = useSession((state) => state.openCase !== undefined);
  return queries.map((query) => ({
    id: `query-${query}`,
    title: query,
    group: 'Earlier queries',
    enabled: hasCase,
    reason: 'Opens with a case',
    run: () => {
      follow(toCalls(query));
    },
  }));
}
