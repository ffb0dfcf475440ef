/** A registry is a plain ordered array; this finds a member by its id, or `undefined`. */
export const findById = <T extends { readonly id: string }>(members: readonly T[], id: string): T | undefined =>
  members.find((member) => member.id === id);
