/** A number that a state gives a person, with the rules that tell it from any other number. */
export interface NationalId {
  /** Country and the number's own name: `es-dni`. */
  readonly id: string;
  /** Plain spellings of names of fields that promise it. */
  readonly names: readonly string[];
  /** What such numbers look like in a field that promises nothing; absent where plain digits would be taken for ids of any kind. */
  readonly form?: RegExp;
  /** True for a number with right form and, where there is one, right check digit. Shape: without blanks, dots and dashes, capitals. */
  isValid(compact: string): boolean;
}
