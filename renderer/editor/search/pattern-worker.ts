import { buildMatcher, type SearchQuery } from '../../../shared/domain/search/buildMatcher.ts';

/** Runs a person's pattern where it may take forever: the window ends this worker when it does. */
const port = self as unknown as {
  onmessage: ((event: MessageEvent<{ query: SearchQuery; texts: readonly string[] }>) => void) | null;
  postMessage(message: unknown): void;
};
port.onmessage = ({ data: { query, texts } }) => {
  const matcher = buildMatcher(query);
  port.postMessage(texts.map((text) => (matcher.ok ? matcher.value(text) : [])));
};
