/**
 * Lines that servers write beside their access log, often into the same file: nginx, Apache and LiteSpeed errors, application
 * logs of Envoy.
 */
const SERVER_MESSAGES: readonly RegExp[] = [
  // nginx: 2021/09/30 09:23:53 [error] 1925800#1925800: *17 …
  /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d \[(?:debug|info|notice|warn|error|crit|alert|emerg)\] /,
  // Apache: [Mon Jun 08 06:49:01.123456 2020] [core:error] …
  /^\[[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d/,
  // LiteSpeed: 2022-06-08 22:44:57.123456 [NOTICE] …
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ \[/,
  // Envoy: [2021-03-12 15:31:30.492][1][warning]…
  /^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+\]\[\d+\]\[[a-z]+\]/,
  // Kubernetes controllers: I0102 03:04:10.000000       7 controller.go:190] …
  /^[IWEF]\d{4} \d\d:\d\d:\d\d\.\d{6} /,
  // uWSGI: *** Operational MODE: preforking ***
  /^\*\*\* [^*]{1,200}\*\*\*$/,
  // syslog: --- last message repeated 2 times ---
  /^(?:--- )?last message repeated \d+ times/,
  // CloudWatch Logs, to a new destination of a subscription: CWL CONTROL MESSAGE: Checking health …
  /^CWL CONTROL MESSAGE: /,
];

/** True for a message of a server's own log. */
export const isServerMessage = (text: string): boolean => SERVER_MESSAGES.some((pattern) => pattern.test(text));
