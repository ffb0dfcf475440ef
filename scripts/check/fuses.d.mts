/** What stands in a binary before its fuses. */
export declare const SENTINEL: string;
export declare function readFuses(binary: Buffer): Readonly<Record<string, string>> | undefined;
export declare function fuseProblems(binary: Buffer): readonly string[];
