/** Which number of the control table is open. */
export interface ReplayChoice {
  readonly control: string;
  /** The control in words, for the title of the list. */
  readonly title: string;
  readonly side: 'incident' | 'legitimate';
  readonly verdict: 'block' | 'unknown';
}
