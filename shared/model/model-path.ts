/** Paths under which models answer. Source: the APIs of OpenAI, Anthropic, Google and Amazon Bedrock, and the operation names of OpenTelemetry. */
const MODEL_PATH =
  /\/(?:chat\/completions|v\d\w*\/(?:messages|responses|completions|embeddings)|api\/(?:chat|generate|embed)|openai\/(?:deployments\/[^/]+\/)?(?:completions|responses|embeddings))$|:(?:stream)?generatecontent$|:(?:embed|batchembed)contents?$|\/model\/[^/]+\/(?:invoke|converse)|^\/(?:chat|text_completion|generate_content|embeddings)$/i;

/** True for the path, or the template of one, under which a model is asked: whoever asks it sends it everything that was read, which is no act. */
export const isModelPath = (path: string): boolean => MODEL_PATH.test(path);
