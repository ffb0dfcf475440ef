import type { Limit } from '../../model/limit.ts';
import { MAX_TRIED } from './tokens/check-token.ts';
import { MAX_STORED, MAX_SEARCHED } from './masking/body.ts';
import { MAX_VALUES, MAX_VALUE_LENGTH } from './call-notes.ts';
import { MAX_DEPTH } from './json-leaves.ts';
import { MAX_LEAVES } from './masking/leaf.ts';
import { MAX_DOCUMENT } from './operations/graphql-document.ts';
import { MAX_BATCH } from './operations/message-members.ts';
import { MAX_FIELDS } from './masking/form.ts';
import { MAX_PART } from './tokens/jwt.ts';

/** Limits of what is searched and kept of a call. */
export const intakeLimits: readonly Limit[] = [
  {
    area: 'What is kept of a call',
    what: 'Body that is kept',
    value: MAX_STORED,
    unit: 'characters',
    why: 'Longer ones are kept up to here',
    where: 'shared/engine/intake/masking/body.ts',
    name: 'MAX_STORED',
  },
  {
    area: 'What is kept of a call',
    what: 'Body that is searched for secrets',
    value: MAX_SEARCHED,
    unit: 'characters',
    why: 'What stands behind is not kept either',
    where: 'shared/engine/intake/masking/body.ts',
    name: 'MAX_SEARCHED',
  },
  {
    area: 'What is kept of a call',
    what: 'Values noted of one body or header list',
    value: MAX_VALUES,
    unit: 'count',
    why: 'What comes after is no longer looked for',
    where: 'shared/engine/intake/call-notes.ts',
    name: 'MAX_VALUES',
  },
  {
    area: 'What is kept of a call',
    what: 'Value that may link two calls',
    value: MAX_VALUE_LENGTH,
    unit: 'characters',
    why: 'No id or token that links calls is longer',
    where: 'shared/engine/intake/call-notes.ts',
    name: 'MAX_VALUE_LENGTH',
  },
  {
    area: 'What is kept of a call',
    what: 'Nesting of a body',
    value: MAX_DEPTH,
    unit: 'count',
    why: 'No API sends it deeper, and a hostile one must not cost memory',
    where: 'shared/engine/intake/json-leaves.ts',
    name: 'MAX_DEPTH',
  },
  {
    area: 'What is kept of a call',
    what: 'Values of a body masked one by one',
    value: MAX_LEAVES,
    unit: 'count',
    why: 'A body that has more is larger than is kept',
    where: 'shared/engine/intake/masking/leaf.ts',
    name: 'MAX_LEAVES',
  },
  {
    area: 'What is kept of a call',
    what: 'Fields of a form',
    value: MAX_FIELDS,
    unit: 'count',
    why: 'A hostile form has more',
    where: 'shared/engine/intake/masking/form.ts',
    name: 'MAX_FIELDS',
  },
  {
    area: 'What is kept of a call',
    what: 'Header or claims of a token',
    value: MAX_PART,
    unit: 'characters',
    why: 'No real token has longer ones',
    where: 'shared/engine/intake/tokens/jwt.ts',
    name: 'MAX_PART',
  },
  {
    area: 'What is kept of a call',
    what: 'Keys that are tried on one token',
    value: MAX_TRIED,
    unit: 'count',
    why: 'Few issuers share a key id, and a token that names none must not cost a whole key set',
    where: 'shared/engine/intake/tokens/check-token.ts',
    name: 'MAX_TRIED',
  },
  {
    area: 'What is kept of a call',
    what: 'GraphQL document that is read for its operation',
    value: MAX_DOCUMENT,
    unit: 'characters',
    why: 'Documents name what they do at once',
    where: 'shared/engine/intake/operations/graphql-document.ts',
    name: 'MAX_DOCUMENT',
  },
  {
    area: 'What is kept of a call',
    what: 'Messages of one batch that are read for their operations',
    value: MAX_BATCH,
    unit: 'count',
    why: 'Servers refuse longer ones',
    where: 'shared/engine/intake/operations/message-members.ts',
    name: 'MAX_BATCH',
  },
];
