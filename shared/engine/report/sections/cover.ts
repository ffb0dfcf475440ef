import { MARKING, titleOf } from '../html/document.ts';
import type { Section } from '../section.ts';
import { code, minuteText, plural, sentence, words } from '../text.ts';

/** Head of the first page: which case, which evidence, which version, and how to know this report again. */
export const cover: Section = {
  id: 'cover',
  title: 'Cover',
  part: 'front',
  build: (view) => {
    const { json } = view;
    const window = json.case.window;
    return [
      {
        kind: 'title',
        eyebrow: 'Report on API activity',
        text: titleOf(view),
        rows: [
          {
            name: 'Period covered',
            value: words(
              window === undefined ? 'The evidence carries no times.' : `${minuteText(window[0])} to ${minuteText(window[1])} UTC`,
            ),
          },
          {
            name: 'Evidence',
            value: words(
              `${plural(json.sources.length, 'file')}, ${plural(json.coverage.calls, 'call')}; ${plural(view.overview.records.rejected, 'record')} and ${plural(view.overview.unreadSources, 'whole file')} could not be read`,
            ),
          },
          { name: 'Marking', value: words(MARKING) },
          {
            name: 'Status',
            value: words('Unsigned. It holds no time but those of the evidence, so that the same evidence gives the same bytes.'),
          },
          { name: 'Made with', value: sentence(`Spoor ${json.case.spoorVersion}, rules `, code(json.case.rulesVersion.slice(0, 16))) },
          { name: 'SHA-256 of report.json', value: [code(view.jsonSha256)] },
        ],
      },
    ];
  },
};

/** The table of contents, after the page that a hurried reader stops at. */
export const contents: Section = { id: 'toc', title: 'Contents', part: 'front', build: () => [{ kind: 'contents' }] };
