const CODE = /^[a-z0-9]+(?:[-/:.][a-z0-9]+)*$/;
const MAX_LINES = 500;

export type LogFields = Record<string, string | number | boolean | null | undefined>;

/**
 * The only log of the program: code words, counts, and ids cut to six characters. Anything else given as a field is
 * replaced, so that no text, name, file name, link or key can get into it by mistake. Kept in memory; each line also
 * goes to `sink`.
 */
export class RedactedLog {
  readonly #sink: (line: string) => void;
  readonly #lines: string[] = [];

  constructor(sink: (line: string) => void) {
    this.#sink = sink;
  }

  write(code: string, fields: LogFields = {}): void {
    const words = Object.entries(fields).map(([name, value]) => `${redactedWord(name)}=${redactedValue(value)}`);
    const line = [redactedWord(code), ...words].join(' ');
    this.#lines.push(line);
    if (this.#lines.length > MAX_LINES) this.#lines.shift();
    this.#sink(line);
  }

  /** An exception: its class and where it was thrown, as file names of ours with line numbers; never its message. */
  writeError(code: string, error: unknown, fields: LogFields = {}): void {
    const name = error instanceof Error ? error.constructor.name : typeof error;
    const errno = error instanceof Error ? String((error as NodeJS.ErrnoException).code ?? '') : '';
    this.write(code, {
      ...fields,
      error: name.toLowerCase(),
      ...(errno ? { errno: errno.toLowerCase().replaceAll('_', '-') } : {}),
      at: placeOf(error),
    });
  }

  lines(): readonly string[] {
    return this.#lines;
  }
}

function redactedWord(word: string): string {
  return word.length <= 60 && CODE.test(word) ? word : '[redacted]';
}

function redactedValue(value: LogFields[string]): string {
  if (typeof value !== 'string') return String(value ?? 'none');
  if (/^[a-z2-7]{16}$/.test(value) || /^[0-9a-f]{64}$/.test(value)) return `${value.slice(0, 6)}…`;
  return redactedWord(value);
}

/** `file.js:12` of the innermost frame, lower-cased; 'unknown' without a stack. */
function placeOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const frames = stack.split('\n').filter((line) => line.trimStart().startsWith('at '));
  const match = /([A-Za-z0-9_-]+)\.(?:[cm]?[jt]s):(\d+):\d+\)?$/.exec(frames[0] ?? '');
  return match
    ? `${(match[1] as string)
        .toLowerCase()
        .replaceAll('_', '-')
        .replace(/^-+|-+$/g, '')}:${match[2]}`
    : 'unknown';
}
