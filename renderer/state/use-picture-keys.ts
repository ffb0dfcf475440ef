import { useMemo } from 'react';
import type { PictureAct, PictureKeys } from '../charts/picture-keys.ts';
import { isCharacterStep, isSameStep, keyText, onMac, parseKeys, stepOfEvent, type KeyStep } from '../widgets/key-steps.ts';
import { pictureCommands } from './built-in-keys.ts';
import { keysOf } from './key-reader.ts';
import { usePrefs } from './prefs.ts';

/** What a press asks of a picture, under the analyst's own keys; nothing for a single character while `letters` are switched off. */
export function readPictureKey(step: KeyStep, own: Readonly<Record<string, string>>, letters: boolean): PictureAct | undefined {
  if (isCharacterStep(step) && !letters) return undefined;
  return pictureCommands.find((command) =>
    keysOf(command, own).some((keys) => {
      const [first, second] = parseKeys(keys) ?? [];
      return first !== undefined && second === undefined && isSameStep(first, step);
    }),
  )?.id;
}

/** The keys of pictures, for a screen to hand to the pictures that it draws. */
export function usePictureKeys(): PictureKeys {
  const own = usePrefs((prefs) => prefs.keys);
  const letters = usePrefs((prefs) => prefs.letterKeys);
  return useMemo(
    () => ({
      read: (event) => {
        const step = stepOfEvent(event);
        return step === undefined ? undefined : readPictureKey(step, own, letters);
      },
      textOf: (act) => {
        const command = pictureCommands.find(({ id }) => id === act);
        const keys = command === undefined ? [] : keysOf(command, own);
        const acting = keys.find((each) => letters || !(parseKeys(each) ?? []).every(isCharacterStep));
        return acting === undefined ? undefined : keyText(acting, onMac());
      },
    }),
    [own, letters],
  );
}
