import { AppError } from '#shared/contract/errors.ts';
import type { InputOf, ResultOf } from '#shared/contract/methods.ts';
import type { EngineMethods } from '#shared/contract/table.ts';
import { useSession } from '../state/session.ts';

type Readable = { [Name in keyof EngineMethods]: EngineMethods[Name]['kind'] extends 'read' ? Name : never }[keyof EngineMethods];

/** Asks the engine once, for what a key press needs and no part of the screen shows. Errors: AppError, as the engine says. */
export function askOnce<Name extends Readable>(name: Name, params: InputOf<EngineMethods[Name]>): Promise<ResultOf<EngineMethods[Name]>> {
  const { client } = useSession.getState();
  return client === undefined ? Promise.reject(new AppError('disconnected', 'the engine is not connected')) : client.call(name, params);
}
