import type { ChainDetail } from '#shared/contract/rows.ts';
import type { Picture, PictureWords } from '../../charts/picture-frame.ts';
import { savePng, saveSvg } from '../../host/save-picture.ts';
import { formatPlural, formatTime } from '../../widgets/format.ts';
import type { MenuEntry } from '../../widgets/menu-items.tsx';
import { spanText } from './chain-list.tsx';

/** What stands over a saved picture; `shown` says how much of the chain it shows and why not more. */
export function pictureWords({ chain }: ChainDetail, what: string, shown: string): PictureWords {
  const { start, end } = chain;
  const when = start === undefined ? [] : [`${formatTime(start)} UTC${end === undefined ? '' : `, over ${spanText(start, end)}`}`];
  return {
    title: `${what} of a chain of ${formatPlural(chain.callCount, 'call')}`,
    lines: [[shown, ...when].join(' · '), `Chain ${chain.id}. Names of callers and values in paths are left out.`],
  };
}

/** The lines of the menu that save the picture on the screen. `picture` is absent while there is none to save. */
export function pictureEntries(
  chain: string,
  picture: (() => Picture | undefined) | undefined,
  onProblem: (problem: string) => void,
): readonly MenuEntry[] {
  const disabled = picture === undefined ? 'A table has no picture: choose the waterfall or the graph' : undefined;
  const name = `chain-${chain.replaceAll(/[^\w.-]/g, '-')}`;
  const withPicture = (save: (drawn: Picture) => void) => () => {
    const drawn = picture?.();
    if (drawn === undefined) onProblem('The picture is not drawn yet.');
    else save(drawn);
  };
  return [
    {
      id: 'svg',
      label: 'Picture as SVG',
      disabled,
      run: withPicture((drawn) => {
        saveSvg(drawn, name);
      }),
    },
    {
      id: 'png',
      label: 'Picture as PNG',
      disabled,
      run: withPicture((drawn) => {
        savePng(drawn, name).catch((cause: unknown) => {
          onProblem(`The picture was not saved: ${cause instanceof Error ? cause.message : String(cause)}`);
        });
      }),
    },
  ];
}
