import type { Cell } from '../blocks.ts';
import type { Section } from '../section.ts';
import { code, partNumber, sentence, words } from '../text.ts';

const TERMS: readonly (readonly [string, string | Cell])[] = [
  ['Call', 'one request to an interface and its response'],
  [
    'Inner hop',
    'a call that hands another call of the same principal on, or is made within it: gateway, mesh and service write one request down several times',
  ],
  ['Chain', 'calls that belong together because one led to the next'],
  ['Principal', 'who made a call: a person, a service or a software agent, told apart by credential, header or address'],
  ['Endpoint', 'a method and a path in which changing parts are written as {id}'],
  ['Finding', 'a claim of a rule, with the calls it rests on'],
  [
    'Observed, inferred, suspected',
    'the records show it; the records fit it and little else; the records are unusual and a harmless reason is possible',
  ],
  ['S0 to S3', 'how sensitive the data of an endpoint are: none seen, internal, personal, and secret, payment or special categories'],
  [
    'Reference',
    sentence(
      'number of the file in ',
      partNumber('files'),
      ' (E1, E2 …) or its name, then # and the number of the record in it, counted from 1',
    ),
  ],
  ['Shadow endpoint', 'an endpoint that is called and that no given API description has'],
];

/** Words used above, and the exact steps by which anyone can check this report. */
export const glossary: Section = {
  id: 'glossary',
  title: 'Glossary and how to verify',
  part: 'annex',
  build: (view) => [
    { kind: 'facts', rows: TERMS.map(([name, meaning]) => ({ name, value: sentence(meaning) })) },
    { kind: 'heading', level: 3, id: 'verify', text: 'How to verify' },
    {
      kind: 'list',
      ordered: true,
      items: [
        sentence('Hash each evidence file (', code('sha256sum FILE'), ') and compare with ', partNumber('files'), '.'),
        sentence(
          'Run the same version of Spoor on the same files into an empty folder: ',
          code('spoor audit FILES --out FOLDER'),
          `. This report was made with version ${view.json.case.spoorVersion}.`,
        ),
        sentence(
          'Hash the result: ',
          code('sha256sum FOLDER/report.json'),
          ' (with the same ',
          code('--profile'),
          ') must give ',
          code(view.jsonSha256),
          '. A different title of the case gives a different hash.',
        ),
        sentence(
          'Open the record behind any statement: the reference names file and record; for line formats ',
          code("sed -n 'Np' FILE"),
          ' prints record N.',
        ),
      ],
    },
    {
      kind: 'note',
      tone: 'plain',
      inlines: words(
        'Text taken from the evidence may have been written by an attacker. It is shown as text only; characters that are invisible or change the reading direction appear as their code, such as U+202E. Nothing in this file loads from elsewhere or runs.',
      ),
    },
  ],
};
