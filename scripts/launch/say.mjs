// What the launcher tells a person while it sets things up: whole sentences on the error stream, so that a
// command's own output can be piped.
import { stderr } from 'node:process';

/** Prints one sentence of progress. */
export function say(sentence) {
  stderr.write(`• ${sentence}\n`);
}

/** An expected reason to stop: its message is shown without a stack, and the process ends with `code`. */
export class Stop extends Error {
  constructor(message, code = 1) {
    super(message);
    this.code = code;
  }
}

/** Seconds since `startMs`, in words, for the end of a sentence. */
export function secondsSince(startMs) {
  return `${((performance.now() - startMs) / 1000).toFixed(1)} s`;
}
