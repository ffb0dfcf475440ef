/** Which agents a vendor's published range file speaks for. */
export interface PublishedRanges {
  /** Name of the file as the vendor publishes it. */
  readonly file: string;
  /** Tokens of User-Agents, or names of MCP clients, that come from these addresses. */
  readonly agents: readonly string[];
  readonly source: string;
}

/** As of 2026-11-21, from the vendors' own pages and lists of them. */
export const PUBLISHED_RANGES: readonly PublishedRanges[] = [
  { file: 'gptbot.json', agents: ['GPTBot'], source: 'openai.com/gptbot.json' },
  { file: 'searchbot.json', agents: ['OAI-SearchBot'], source: 'openai.com/searchbot.json' },
  { file: 'chatgpt-user.json', agents: ['ChatGPT-User'], source: 'openai.com/chatgpt-user.json' },
  { file: 'bots.json', agents: ['ClaudeBot', 'Claude-User', 'Claude-SearchBot'], source: 'claude.com/crawling/bots.json' },
  { file: 'perplexitybot.json', agents: ['PerplexityBot'], source: 'perplexity.ai/perplexitybot.json' },
  { file: 'perplexity-user.json', agents: ['Perplexity-User'], source: 'perplexity.ai/perplexity-user.json' },
  { file: 'user-triggered-agents.json', agents: ['Google-Agent'], source: 'developers.google.com, Google user-triggered fetchers' },
  {
    file: 'user-triggered-fetchers.json',
    agents: ['Google-NotebookLM', 'Google-GeminiNotebook', 'GoogleAgent-Mariner', 'GoogleAgent-URLContext', 'Gemini-Deep-Research'],
    source: 'developers.google.com, Google user-triggered fetchers',
  },
  {
    file: 'user-triggered-fetchers-google.json',
    agents: ['Google-NotebookLM', 'Google-GeminiNotebook', 'GoogleAgent-Mariner', 'GoogleAgent-URLContext', 'Gemini-Deep-Research'],
    source: 'developers.google.com, Google user-triggered fetchers',
  },
  { file: 'special-crawlers.json', agents: ['Google-CloudVertexBot'], source: 'developers.google.com, Google special-case crawlers' },
  { file: 'googlebot.json', agents: ['Googlebot'], source: 'developers.google.com, Googlebot' },
  { file: 'bingbot.json', agents: ['bingbot'], source: 'bing.com/toolbox/bingbot.json' },
];
