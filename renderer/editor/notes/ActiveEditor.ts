import { COMMAND_PRIORITY_CRITICAL, FOCUS_COMMAND, type LexicalEditor, mergeRegister } from 'lexical';

/** Which of the text and its notes the caret was in last. */
export class ActiveEditor {
  readonly #listeners = new Set<() => void>();
  readonly #stop: () => void;
  #current: LexicalEditor;

  constructor(text: LexicalEditor, notes: LexicalEditor) {
    this.#current = text;
    this.#stop = mergeRegister(
      ...[text, notes].map((editor) =>
        editor.registerCommand(
          FOCUS_COMMAND,
          () => {
            if (this.#current !== editor) {
              this.#current = editor;
              for (const listener of this.#listeners) listener();
            }
            return false;
          },
          COMMAND_PRIORITY_CRITICAL,
        ),
      ),
    );
  }

  readonly get = (): LexicalEditor => this.#current;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  dispose(): void {
    this.#stop();
    this.#listeners.clear();
  }
}
