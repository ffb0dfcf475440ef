import type { Picture } from '../charts/picture-frame.ts';
import type { MenuEntry } from '../widgets/menu-items.tsx';
import { savePng, saveSvg } from './save-picture.ts';

interface PictureToSave {
  /** Of the file, without its ending. */
  readonly name: string;
  /** Absent while there is none to save; `disabled` says why. */
  readonly picture: (() => Picture | undefined) | undefined;
  readonly disabled: string;
  readonly onProblem: (problem: string) => void;
}

/** The lines of a menu that save the picture on the screen. */
export function pictureEntries({ name, picture, disabled, onProblem }: PictureToSave): readonly MenuEntry[] {
  const withPicture = (save: (drawn: Picture) => void) => () => {
    const drawn = picture?.();
    if (drawn === undefined) onProblem('The picture is not drawn yet.');
    else save(drawn);
  };
  const why = picture === undefined ? disabled : undefined;
  return [
    {
      id: 'svg',
      label: 'Picture as SVG',
      disabled: why,
      run: withPicture((drawn) => {
        saveSvg(drawn, name);
      }),
    },
    {
      id: 'png',
      label: 'Picture as PNG',
      disabled: why,
      run: withPicture((drawn) => {
        savePng(drawn, name).catch((cause: unknown) => {
          onProblem(`The picture was not saved: ${cause instanceof Error ? cause.message : String(cause)}`);
        });
      }),
    },
  ];
}
