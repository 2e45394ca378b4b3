export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'off'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
/** Numbers, and code words that pass for nothing else. */
export type LogFields = Readonly<Record<string, number | string>>;

/**
 * [SY29] One JSON line an event: time, level, a code word, numbers. What happens often is counted by its code word and
 * written once a minute. Never anything a person, a room or an address could be known by.
 */
export interface RelayLogger {
  event(level: Exclude<LogLevel, 'off'>, event: string, fields?: LogFields): void;
  count(code: string, by?: number): void;
  /** All counts since the start, by code word. */
  totals(): ReadonlyMap<string, number>;
  /** Writes what has been counted. */
  close(): void;
}

export interface RelayLoggerOptions {
  write: (line: string) => void;
  level?: LogLevel;
  intervalMs?: number;
  /** Milliseconds since 1970. */
  now?: () => number;
}

export function createRelayLogger({
  write,
  level = 'info',
  intervalMs = 60_000,
  now = Date.now,
}: RelayLoggerOptions): RelayLogger {
  const counts = new Map<string, number>();
  const totals = new Map<string, number>();
  const event: RelayLogger['event'] = (of, name, fields = {}) => {
    if (LOG_LEVELS.indexOf(of) < LOG_LEVELS.indexOf(level)) return;
    const safe = Object.entries(fields).map(([key, value]) => [
      codeWord(key),
      typeof value === 'number' ? value : codeWord(value),
    ]);
    write(
      JSON.stringify({
        time: new Date(now()).toISOString(),
        level: of,
        event: codeWord(name),
        ...Object.fromEntries(safe),
      }),
    );
  };
  const flush = (): void => {
    if (counts.size === 0) return;
    event('info', 'counts', Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))));
    counts.clear();
  };
  const timer = setInterval(flush, intervalMs);
  timer.unref();
  return {
    event,
    count(code, by = 1) {
      const word = codeWord(code);
      counts.set(word, (counts.get(word) ?? 0) + by);
      totals.set(word, (totals.get(word) ?? 0) + by);
    },
    totals: () => totals,
    close() {
      clearInterval(timer);
      flush();
    },
  };
}

/** Lower-case words and hyphens; digits and dots would let addresses and ids through. */
function codeWord(text: string): string {
  return text.replace(/[^a-z-]/g, '').slice(0, 40);
}
