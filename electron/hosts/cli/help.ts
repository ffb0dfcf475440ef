/** What `spoor --help` prints. */
export const HELP = `Spoor: follow the trail that AI agents leave in your APIs. Offline; nothing leaves this machine.

  spoor audit   PATH... --out DIR [--case FILE]   import, analyse, and write report.html, .pdf, .json and findings.csv
                                                  (a case.spoor that an earlier audit left in DIR is replaced)
  spoor import  CASE PATH...                      files, folders, .zip, .gz, .zst, or - for standard input
  spoor analyze CASE                              run the passes and detectors that are out of date
  spoor report  CASE --format F --out FILE        F: html pdf json csv
  spoor query   CASE 'QUERY'                      calls as a table, or --format ndjson|csv [--out FILE] [--limit N]
  spoor formats                                   what can be read, and what each format holds
  spoor serve   [CASE|PATH...]                    the workbench on 127.0.0.1 for the local browser [--port N] [--no-open]
  spoor open    [CASE|PATH...]                    the desktop app, or serve where Electron cannot start

  --json              machine-readable result on standard output
  --quiet             no progress
  --format-as ID      take the paths that follow as this format
  --timezone ZONE     for stamps that carry none: UTC or an offset such as +02:00
  --only ID,...       only these detectors
  --fail-on SEVERITY  exit 1 when an incident finding reaches info, low, medium, high or critical

Exit codes: 0 done, 1 findings at or above --fail-on, 2 wrong usage, 3 a path could not be read,
4 the case is damaged, locked or newer than this version, 70 a bug of ours.
`;
