import type { PrincipalKind } from '../../../contract/report-json.ts';

/**
 * The tables below as of this day; the report names it, since vendors change their names without notice.
 * Source: standards.md section 5.1 and what it cites (vendors' pages on their crawlers, ai.robots.txt, Apify's list of MCP clients).
 */
export const AGENT_TABLE_VERSION = '2026-11-21';

/** What a User-Agent text tells. Rungs: 4 named itself, 5 an SDK's own headers, 6 a bare library: only behaviour could tell more. */
export interface AgentEntry {
  /** Looked for without regard to case, at a word's beginning. */
  readonly token: string;
  readonly family: string;
  readonly kind: PrincipalKind;
  readonly rung: 4 | 5 | 6;
  readonly what: string;
}

/** What a product that scans for weaknesses is called in words: it comes from many networks under one name. */
export const SCANNER = 'a product that scans for weaknesses';

const of = (kind: PrincipalKind, rung: AgentEntry['rung'], what: string, tokens: string): readonly AgentEntry[] =>
  tokens.split(' | ').map((token) => ({ token: token.toLowerCase(), family: token.replace(/[/ ]+$/, ''), kind, rung, what }));

/** Names that clients give themselves, most telling first: a coding agent's mark behind a browser's or tool's name decides. */
export const AGENT_TABLE: readonly AgentEntry[] = [
  ...of('agent', 4, 'a tool run by a coding agent', 'Coding-Agent/ | agent/ | AI-Agent '),
  ...of(
    'agent',
    4,
    'an assistant or agent product',
    'ChatGPT-User | OAI-SearchBot | OAI-AdsBot | openai-mcp | codex-mcp-client | codex_cli | codex/ | Claude-User | Claude-SearchBot | claude-cli | claude-code | Google-Agent | GoogleAgent-Mariner | GoogleAgent-URLContext | Google-NotebookLM | Google-GeminiNotebook | Gemini-Deep-Research | Google-Gemini-CLI | gemini-cli | Perplexity-User | Amzn-User | AmazonBuyForMe | NovaAct | bedrockbot | amazon-QBusiness | Q-DEV-CLI | Manus-User | Devin/ | TwinAgent | Operator/ | Cursor/ | opencode | Trae/ | Kimi-User | MistralAI-User | meta-externalfetcher | DuckAssistBot | cohere-ai | FirecrawlAgent | TavilyBot | Crawl4AI | ApifyBot | github-copilot | GitHubCopilotChat | windsurf | Cline/ | Roo-Code | goose/ | antigravity',
  ),
  ...of(
    'agent',
    4,
    'an agent framework',
    'LangChain | DefaultLangchainUserAgent | langgraph | LlamaIndex | CrewAI | AutoGen | Semantic-Kernel | haystack/ | pydantic-ai | smolagents | openai-agents | Agents/ | mcp-client | python-mcp | mcp-remote | MCP/',
  ),
  ...of(
    'agent',
    4,
    'a crawler for a model',
    'GPTBot | ClaudeBot | anthropic-ai | Claude-Web | PerplexityBot | Amazonbot | Google-CloudVertexBot | Google-Extended | AzureAI-SearchBot | Bytespider | CCBot | Diffbot',
  ),
  ...of(
    'agent',
    5,
    "a model vendor's SDK",
    'OpenAI/ | AsyncOpenAI/ | AzureOpenAI/ | AsyncAzureOpenAI/ | Anthropic/ | AsyncAnthropic/ | AnthropicBedrock/ | google-genai-sdk | google-api-nodejs-client-genai | mistral-client',
  ),
  ...of(
    'service',
    4,
    'a search crawler',
    'Googlebot | bingbot | YandexBot | Baiduspider | DuckDuckBot | Applebot | AhrefsBot | SemrushBot | MJ12bot | facebookexternalhit | Twitterbot | LinkedInBot | Slackbot',
  ),
  ...of(
    'service',
    4,
    'a probe or monitor',
    'kube-probe | ELB-HealthChecker | GoogleHC | HealthChecker | Pingdom | UptimeRobot | StatusCake | Datadog | Prometheus | Zabbix | Nagios | Blackbox | Amazon-Route53 | check_http | site24x7 | NewRelicPinger',
  ),
  ...of(
    'service',
    4,
    'a webhook sender or platform',
    'Stripe/ | GitHub-Hookshot | Shopify-Captain | Twilio | Zapier | n8n | Make/ | Airflow | Temporal | GitLab | Jenkins | ArgoCD | terraform | Envoy/ | istio',
  ),
  ...of(
    'service',
    4,
    SCANNER,
    'Detectify | Nessus | Qualys | Burp | Acunetix | Shodan | CensysInspect | Censys | Invicti | Netsparker | Probely | InsightAppSec | Rapid7 | Tenable | Intruder/ | HostedScan | Expanse | InternetMeasurement',
  ),
  ...of(
    'service',
    6,
    'a load or security tool',
    'k6/ | Apache-JMeter | Gatling | Locust | wrk | hey/ | sqlmap | nikto | Nmap | zgrab | masscan | gobuster | ffuf | Nuclei | dirbuster | WPScan | Fuzz Faster | ZAP/ | OpenVAS | Arachni | feroxbuster',
  ),
  ...of(
    'service',
    6,
    'an HTTP library',
    'python-requests | python-httpx | python-urllib | aiohttp | axios | node-fetch | undici | node | got | superagent | Go-http-client | okhttp | Apache-HttpClient | Java/ | Java-http-client | RestSharp | libwww-perl | Ruby | Faraday | GuzzleHttp | reqwest | hyper/ | Dart/ | grpc- | Feign | Spring | aws-sdk | Boto3 | botocore | aws-cli | google-api- | azsdk | Deno/ | Bun/',
  ),
  ...of('human', 6, 'a tool that people type into', 'curl/ | Wget/ | HTTPie | PostmanRuntime | insomnia | Bruno'),
];

/** Labels of realms in which accounts of programs live, where the realm is one word: Auth0's `…@clients`, realms of Keycloak. */
export const SERVICE_REALMS: ReadonlySet<string> = new Set(
  'iam sa svc service services serviceaccount serviceaccounts bots machine machines robots workload workloads apps clients'.split(' '),
);
/** The same below a domain that somebody registered, or as a cloud's own domain (Google's `gserviceaccount.com`). What a company calls itself says nothing of who works there. */
export const SERVICE_SUBDOMAINS: ReadonlySet<string> = new Set(
  'iam sa svc service services serviceaccount serviceaccounts bots robots workload workloads'.split(' '),
);
export const SERVICE_DOMAINS: ReadonlySet<string> = new Set(['gserviceaccount.com']);

/** MCP client names of `initialize` that are a person's tool for trying things, not an agent. */
export const MCP_INSPECTORS = new Set(['Postman-Client', 'mcp-inspector', 'inspector-client']);

/** Words in the name of a client, subject or consumer that say what it is, compared with its parts. */
export const NAME_WORDS: Readonly<Record<'agent' | 'service' | 'human', ReadonlySet<string>>> = {
  agent: new Set('agent agents bot bots chatbot assistant copilot ai llm gpt claude gemini mcp agentic autopilot crew'.split(' ')),
  service: new Set(
    'svc service services srv worker cron job jobs scheduler batch backend gateway daemon system sync etl exporter importer monitor probe webhook pipeline ci cd deploy deployer runner api server lambda function serviceaccount robot integration m2m machine'.split(
      ' ',
    ),
  ),
  human: new Set('user users customer customers employee human person staff browser mobile ios android spa frontend webapp web'.split(' ')),
};
