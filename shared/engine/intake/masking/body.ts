import type { ImportedBody } from '../../../model/call.ts';
import { isEventStream, maskEvents } from './events.ts';
import { boundaryOf, maskForm, maskMultipart } from './form.ts';
import { createLeafMasker, type BodyContext, type LeafMasker } from './leaf.ts';
import { maskTable } from './table.ts';
import { findSecrets, findSecretsByForm, replaceFound } from './text.ts';
import type { StoredBody } from './masked-call.ts';
import { base64Decoded } from '../value-forms.ts';

/** Longest body that is kept. Units: characters of the masked text. */
export const MAX_STORED = 64 * 1024;
/** What stands behind this is not searched: such bodies are not kept, and their first part names their fields. Units: characters. */
export const MAX_SEARCHED = 4 * 1024 * 1024;

const TEXTUAL =
  /^(?:text\/|application\/(?:[\w.+-]*(?:json|xml|javascript|ecmascript|yaml|graphql|x-ndjson|jsonl|x-www-form-urlencoded|soap)))|charset=/i;

const BINARY = /[\u0000-\u0008\u000e-\u001f]/;

/** What a masked body becomes, and what it said about itself. */
export interface MaskedBody {
  readonly stored: StoredBody;
  readonly hasText: boolean;
}

/** Masks one body and notes its values, kinds of data and misplaced secrets. */
export function maskBody(body: ImportedBody, context: BodyContext): MaskedBody {
  const { mime, bytes } = body;
  const rest = { mime: mime === undefined ? undefined : context.vault.inName(mime).masked, bytes };
  if (body.text === undefined || body.text === '') return { stored: { ...rest, note: body.note }, hasText: false };
  const text = body.encoding === 'base64' ? textOfBase64(body.text, mime) : body.text;
  if (text === undefined || BINARY.test(text.slice(0, 512))) {
    return {
      stored: { ...rest, note: body.note ?? `binary content of ${String(bytes ?? body.text.length)} bytes, not kept` },
      hasText: false,
    };
  }
  const searched = text.length > MAX_SEARCHED ? text.slice(0, MAX_SEARCHED) : text;
  const masked = maskBodyText(searched, mime, context);
  if (searched.length < text.length || masked.length > MAX_STORED) {
    return {
      stored: { ...rest, note: `${String(text.length)} characters, longer than is kept (${String(MAX_STORED)}); its values were indexed` },
      hasText: true,
    };
  }
  return { stored: { ...rest, text: masked, note: body.note }, hasText: true };
}

function textOfBase64(encoded: string, mime: string | undefined): string | undefined {
  const text = base64Decoded(encoded.replaceAll(/\s+/g, ''));
  return text === undefined || (mime !== undefined && !TEXTUAL.test(mime) && BINARY.test(text)) ? undefined : text;
}

/** Every branch only refines: what it does not understand it gives to the masker as plain text, and so does a text of no known form. */
function maskBodyText(text: string, mime: string | undefined, context: BodyContext): string {
  const masker = createLeafMasker(context);
  const start = text.trimStart();
  if (start.startsWith('{') || start.startsWith('[')) return isLines(text, mime) ? maskLines(text, masker) : masker.json(text, '');
  if (mime?.includes('event-stream') === true || (isUntold(mime) && isEventStream(start))) return maskEvents(text, masker);
  const mark = mime?.startsWith('multipart/') === true || isUntold(mime) ? boundaryOf(text, mime) : undefined;
  if (mark !== undefined) return maskMultipart(text, mark, masker);
  if (
    mime?.includes('x-www-form-urlencoded') === true ||
    (mime === undefined && /^[\w.%[\]-]{1,80}=[^\s&]*(?:&[\w.%[\]-]{1,80}=[^\s&]*)*$/.test(start))
  )
    return masker.aside(maskForm(text, masker));
  if (mime !== undefined && CODE.test(mime)) return maskCode(text, context);
  return masker.prose(maskTable(text, masker, context.vault));
}

/** Types that say nothing about what the text is. */
const isUntold = (mime: string | undefined): boolean => mime === undefined || /^(?:text\/plain|application\/octet-stream)\b/i.test(mime);

/** Text that a browser runs or draws. */
const CODE = /javascript|ecmascript|text\/css|text\/html|application\/xhtml|image\/svg/i;

/**
 * Scripts and pages are full of `token=a.b(c)`: everything that looks like a secret is masked, but only what proves itself
 * by its form (a known prefix, a JWT, a private key) is said to be one.
 */
function maskCode(text: string, { notes, side, vault }: BodyContext): string {
  for (const { secret } of findSecretsByForm(text, vault)) notes.secret(side, '$', '$', secret, 'misplaced');
  const found = findSecrets(text, vault);
  for (const { secret } of found) notes.secret(side, '$', '$', secret, 'presented');
  return replaceFound(text, found);
}

/** JSON values one a line: by name, or because the second line begins another value. */
const isLines = (text: string, mime: string | undefined): boolean =>
  /ndjson|jsonl|json-seq/i.test(mime ?? '') || /^\s*\{[^\n]*\}\r?\n\{/.test(text);

const maskLines = (text: string, masker: LeafMasker): string =>
  text
    .split('\n')
    .map((line, index) => (line.trim() === '' ? line : masker.json(line, `line[${String(index)}]|`)))
    .join('\n');
