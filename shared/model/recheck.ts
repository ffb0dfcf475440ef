/** What a file of the evidence was when it was read again for a report: its bytes, other bytes, or not there. */
export type Recheck = 'same' | 'changed' | 'gone';
