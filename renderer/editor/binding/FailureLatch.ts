/** Remembers that an editor reported an error, so that whoever drove it can render it again from the document. */
export class FailureLatch {
  /** How many errors the editor reported since it was made. */
  count = 0;
  last: Error | null = null;
  private pending = false;

  /** For `createEditor({ onError })`. */
  readonly onError = (error: Error): void => {
    this.count++;
    this.last = error;
    this.pending = true;
  };

  /** True once after errors; then false until the next one. */
  take(): boolean {
    const pending = this.pending;
    this.pending = false;
    return pending;
  }
}
