import yauzl from 'yauzl';
import type { IssueCode } from '#shared/engine/importers/issue-codes.ts';
import { findNameDanger } from './names.ts';

/** Members that are not compressed (APPNOTE 4.4.5). */
export const STORED = 0;
/** Members that are compressed by deflate. */
const DEFLATED = 8;

/** General purpose bit 0 (APPNOTE 4.4.4). */
export const isEncrypted = (flags: number): boolean => (flags & 1) !== 0;

/** A member's name as UTF-8 if it is UTF-8, marked so or not, else by the code page that zip began with. */
export function memberName(flags: number, raw: Buffer, extraFields: ReturnType<typeof yauzl.parseExtraFields>): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return yauzl.getFileNameLowLevel(flags, raw, extraFields, true);
  }
}

/** Why a member is not read, whatever its bytes are; `undefined` when they may be. */
export function refusal(
  name: string,
  member: { readonly isEncrypted: boolean; readonly method: number },
): { readonly code: IssueCode; readonly message: string } | undefined {
  const danger = findNameDanger(name);
  if (danger !== undefined) return { code: 'ARC_NAME', message: danger };
  if (member.isEncrypted) return { code: 'ARC_ENCRYPTED', message: 'encrypted; unpack it with its password and import the files' };
  if (member.method === STORED || member.method === DEFLATED) return undefined;
  return { code: 'ARC_METHOD', message: `compressed by method ${String(member.method)}; stored and deflated members are read` };
}
