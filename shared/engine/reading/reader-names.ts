/** What a reader numbers its terms and credentials by, and the rows that stand for them. Lifetime: one reader. */
export interface ReaderNames {
  readonly terms: number[];
  readonly texts: string[];
  readonly credentials: number[];
}

export const newReaderNames = (): ReaderNames => ({ terms: [], texts: [], credentials: [] });
