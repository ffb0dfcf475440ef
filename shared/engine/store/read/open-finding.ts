/** SQL test for a row of `finding`, by its alias: true for those that the analyst has not dismissed. */
export const isOpen = (alias: string): string => `${alias}.data ->> '$.status' IS NOT 'dismissed'`;
