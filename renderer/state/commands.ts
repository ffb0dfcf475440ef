import { useLayoutEffect, useRef, useState } from 'react';
import { create } from 'zustand';
import { pictureCommands } from './built-in-keys.ts';
import { rememberCommand } from './prefs.ts';

/** Something that a person can tell the window to do: by its key, by the palette, by a menu. */
export interface Command {
  /** Stable, in kebab words; the analyst's own keys are stored under it. */
  readonly id: string;
  /** What it does, as the palette and the key map say it: "Copy link to this view". */
  readonly title: string;
  /** Heading that it stands under. */
  readonly group: string;
  /** Built-in keys, in the syntax of `parseKeys`; any of them will do. */
  readonly keys?: readonly string[];
  /** False: listed, but does nothing now. */
  readonly enabled?: boolean;
  /** Why it does nothing now, in a few words: "Opens with a case". */
  readonly reason?: string;
  readonly run: () => void;
}

/** What is known of a command wherever it is: the key map and the settings list these. */
export interface CommandInfo extends Pick<Command, 'id' | 'title' | 'group' | 'keys'> {
  /** True where a key is one press, never two in sequence. */
  readonly single?: true;
}

interface CommandStore {
  /** What each mounted part of the screen offers, by the order of mounting. */
  readonly mounted: ReadonlyMap<number, readonly Command[]>;
  /** Every command that had a key and was mounted since the page was loaded, by id. */
  readonly known: ReadonlyMap<string, CommandInfo>;
}

/** The one registry of commands; read it with `listCommands`. */
export const useCommandStore = create<CommandStore>()(() => ({ mounted: new Map(), known: new Map() }));

/** Commands that are offered now, the part that was mounted last at the end. */
export const listCommands = ({ mounted }: Pick<CommandStore, 'mounted'>): readonly Command[] =>
  [...mounted].sort(([a], [b]) => a - b).flatMap(([, commands]) => commands);

/** Everything that has keys: commands that were offered since the page was loaded, and what pictures do. */
export const listKeyed = ({ known }: Pick<CommandStore, 'known'>): readonly CommandInfo[] => [...known.values(), ...pictureCommands];

/** Commands under their headings, both in the order in which they came. */
export function groupCommands<T extends Pick<Command, 'group'>>(
  commands: Iterable<T>,
): readonly (readonly [group: string, commands: readonly T[]])[] {
  const groups = new Map<string, T[]>();
  for (const command of commands) {
    const group = groups.get(command.group);
    if (group === undefined) groups.set(command.group, [command]);
    else group.push(command);
  }
  return [...groups];
}

/** Runs a command, unless it is disabled, and remembers that it was used. */
export function runCommand(command: Command): void {
  if (command.enabled === false) return;
  rememberCommand(command.id);
  command.run();
}

let nextPart = 1;

/** Offers commands for as long as the calling part of the screen is mounted. On the same key the part mounted last wins. */
export function useCommands(commands: readonly Command[]): void {
  // Taken while rendering: a screen renders after the frame that holds it, though its effects run first.
  const [part] = useState(() => nextPart++);
  const latest = useRef(commands);
  // Before the paint, all of it: what is in sight takes its keys.
  useLayoutEffect(() => {
    latest.current = commands;
  });
  // As text, so that a caller may write its commands in place without registering them anew each time it renders.
  const text = JSON.stringify(commands.map(({ run: _run, ...facts }) => facts));
  useLayoutEffect(() => {
    const facts = JSON.parse(text) as readonly Omit<Command, 'run'>[];
    const offered = facts.map((fact): Command => ({
      ...fact,
      run: () => {
        latest.current.find(({ id }) => id === fact.id)?.run();
      },
    }));
    useCommandStore.setState(({ mounted, known }) => ({
      mounted: new Map([...mounted, [part, offered]]),
      known: withKnown(known, facts),
    }));
  }, [part, text]);
  useLayoutEffect(
    () => () => {
      useCommandStore.setState(({ mounted }) => ({ mounted: new Map([...mounted].filter(([other]) => other !== part)) }));
    },
    [part],
  );
}

function withKnown(known: CommandStore['known'], facts: readonly Omit<Command, 'run'>[]): CommandStore['known'] {
  const next = new Map(known);
  for (const { id, title, group, keys } of facts) if (keys !== undefined) next.set(id, { id, title, group, keys });
  return next;
}
