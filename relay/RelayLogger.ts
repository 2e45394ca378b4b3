/** [SY29] Counts by code word; one line a minute at most, and never anything a person or a room could be known by. */
export interface RelayLogger {
  count(code: string): void;
  /** Writes what has been counted. */
  close(): void;
}

export function createRelayLogger(write: (line: string) => void, intervalMs = 60_000): RelayLogger {
  const counts = new Map<string, number>();
  const flush = (): void => {
    if (counts.size === 0) return;
    write(
      [...counts]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([code, count]) => `${code}=${count}`)
        .join(' '),
    );
    counts.clear();
  };
  const timer = setInterval(flush, intervalMs);
  timer.unref();
  return {
    count(code) {
      const word = code.replace(/[^a-z-]/g, '').slice(0, 40);
      counts.set(word, (counts.get(word) ?? 0) + 1);
    },
    close() {
      clearInterval(timer);
      flush();
    },
  };
}
