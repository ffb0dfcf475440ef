/** Which number of the control table is open. */
export interface ReplayChoice {
  readonly control: string;
  /** The control in words, or what else the list is of, for its title. */
  readonly title: string;
  readonly side: 'incident' | 'legitimate';
  readonly verdict: 'block' | 'unknown' | 'all';
}
