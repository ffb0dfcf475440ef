import { listCommands, runCommand, useCommandStore } from '../../state/commands.ts';

/** The command that opens the editor of path templates on the endpoint that is shown. */
const EDIT = 'templates.edit';

/** The way to the editor of path templates; not there in a version without one. */
export function EditTemplate() {
  const command = useCommandStore((state) => listCommands(state).find(({ id }) => id === EDIT));
  if (command === undefined) return null;
  return (
    <button
      type="button"
      className="button"
      disabled={command.enabled === false}
      title={command.enabled === false ? command.reason : undefined}
      onClick={() => {
        runCommand(command);
      }}
    >
      Edit path template…
    </button>
  );
}
