/** What one file of the corpus is known to hold: counted by hand and by another tool, see `SOURCE.md` beside the files. */
export interface KnownRun {
  readonly file: string;
  /** Messages and requests. */
  readonly records: number;
  /** Requests to a model, with the model's name. */
  readonly models: readonly string[];
  /** Names of the tools that are called, in their order. */
  readonly tools: readonly string[];
  /** Requests and notifications of MCP by method; answers have none. */
  readonly methods: Readonly<Record<string, number>>;
  /** Whether the caller is an agent: an inspector is a person's tool for looking at servers. */
  readonly isAgent: boolean;
}

/** Files of agents that other people published. Few; none holds a model's answer and the tool call that it led to. */
export const KNOWN_RUNS: readonly KnownRun[] = [
  { file: 'llm/litellm-spendlog.json', records: 1, models: ['gpt-4o'], tools: [], methods: {}, isAgent: true },
  {
    file: 'mcp/inspector-network.json',
    records: 4,
    models: [],
    tools: ['send_notification', 'echo'],
    methods: { 'server/discover': 1, 'tools/list': 1, 'tools/call': 2 },
    isAgent: false,
  },
  { file: 'mcp/inspector-history.json', records: 2, models: [], tools: [], methods: { 'tools/list': 2 }, isAgent: false },
  {
    file: 'mcp/mcp-schema-examples.tar.gz',
    records: 32,
    models: [],
    tools: ['get_weather'],
    methods: {
      'completion/complete': 1, 'notifications/prompts/list_changed': 1, 'notifications/resources/updated': 1, 'tools/list': 1, 'resources/templates/list': 1,
      'tools/call': 1, 'notifications/resources/list_changed': 1, 'notifications/tools/list_changed': 1, 'prompts/list': 1, 'server/discover': 1,
      'resources/read': 1, 'notifications/progress': 1, 'notifications/message': 1, 'prompts/get': 1, 'notifications/subscriptions/acknowledged': 1,
      'notifications/cancelled': 1, 'resources/list': 1, 'subscriptions/listen': 1,
    },
    isAgent: true,
  },
]; // prettier-ignore

/** How many of the expected texts were found, each as often as it is expected. Example: `a a b` of `a b c` → 2. */
export function countFound(expected: readonly string[], found: readonly string[]): number {
  const left = new Map<string, number>();
  for (const each of found) left.set(each, (left.get(each) ?? 0) + 1);
  return expected.filter((each) => {
    const count = left.get(each) ?? 0;
    left.set(each, count - 1);
    return count > 0;
  }).length;
}
