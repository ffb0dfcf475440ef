import { useState } from 'react';

/** With more endpoints than this the hosts stand closed at first: a list of hosts is what one can read then. */
const OPEN_UP_TO = 400;

interface OpenGroups {
  readonly isOpen: (key: string) => boolean;
  readonly toggle: (key: string) => void;
  readonly setAll: (open: boolean) => void;
}

/**
 * Which hosts and services of the tree stand open; by themselves all, or none where there are too many endpoints. `first` stand open
 * in any case until they are closed: what a link shows stands in them.
 */
export function useOpenGroups(endpoints: number, first: readonly string[]): OpenGroups {
  const [all, setAll] = useState<boolean | undefined>(undefined);
  const [said, setSaid] = useState<ReadonlyMap<string, boolean>>(() => new Map(first.map((key) => [key, true])));
  const usual = all ?? endpoints <= OPEN_UP_TO;
  const isOpen = (key: string): boolean => said.get(key) ?? usual;
  return {
    isOpen,
    toggle: (key) => {
      setSaid(new Map([...said, [key, !isOpen(key)]]));
    },
    setAll: (open) => {
      setAll(open);
      setSaid(new Map());
    },
  };
}
