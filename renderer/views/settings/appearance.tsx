import { DENSITIES, setPrefs, THEMES, usePrefs } from '../../state/prefs.ts';

/** Theme and the height of rows. */
export function Appearance() {
  const theme = usePrefs((prefs) => prefs.theme);
  const density = usePrefs((prefs) => prefs.density);
  return (
    <section aria-labelledby="settings-appearance">
      <h2 id="settings-appearance">Appearance</h2>
      <Choice
        title="Theme"
        name="theme"
        choices={THEMES}
        value={theme}
        onChoose={(chosen) => {
          setPrefs({ theme: chosen });
        }}
      />
      <Choice
        title="Rows of tables"
        name="density"
        choices={DENSITIES}
        value={density}
        onChoose={(chosen) => {
          setPrefs({ density: chosen });
        }}
      />
    </section>
  );
}

interface ChoiceProps<Id extends string> {
  readonly title: string;
  readonly name: string;
  readonly choices: readonly { readonly id: Id; readonly title: string }[];
  readonly value: Id;
  readonly onChoose: (id: Id) => void;
}

function Choice<Id extends string>({ title, name, choices, value, onChoose }: ChoiceProps<Id>) {
  return (
    <fieldset className="settings-choice">
      <legend>{title}</legend>
      {choices.map((choice) => (
        <label key={choice.id}>
          <input
            type="radio"
            name={name}
            checked={choice.id === value}
            onChange={() => {
              onChoose(choice.id);
            }}
          />
          {choice.title}
        </label>
      ))}
    </fieldset>
  );
}
