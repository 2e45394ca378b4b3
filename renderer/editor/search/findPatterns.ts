import type { SearchQuery, TextMatch } from '../../../shared/domain/search/buildMatcher.ts';
import { createWorker } from '../../ui/trustedTypes.ts';
import workerUrl from './pattern-worker.ts?worker&url';

/** A pattern that needs longer over the whole text runs into itself (`(a+)+`) and would not end. */
const LIMIT_MS = 2_000;

/** Finds a pattern in a worker of its own; null when that took longer than the limit, and nothing of it runs on. */
export function findPatterns(query: SearchQuery, texts: readonly string[]): Promise<TextMatch[][] | null> {
  const worker = createWorker(workerUrl);
  return new Promise((resolve) => {
    const end = (matches: TextMatch[][] | null): void => {
      clearTimeout(limit);
      worker.terminate();
      resolve(matches);
    };
    const limit = setTimeout(() => end(null), LIMIT_MS);
    worker.onmessage = ({ data }: MessageEvent<TextMatch[][]>) => end(data);
    worker.onerror = () => end(null);
    worker.postMessage({ query, texts });
  });
}
