import {
  $getNodeByKey,
  $getSelection,
  $isRangeSelection,
  $isTextNode,
  COLLABORATION_TAG,
  HISTORIC_TAG,
  type LexicalEditor,
} from 'lexical';
import type { Trigger } from '../ReferenceApi.ts';

const AFTER = /[\s([“”"'«¿¡–—]/;
const LONGEST_QUERY = 40;

/**
 * Watches for a sign typed at the start of a word. It stays open while the caret is behind it in the same run of text,
 * and ends by a space right after the sign, by `dismiss`, or when the caret goes elsewhere.
 */
export class ReferenceTrigger {
  private readonly editor: LexicalEditor;
  private readonly listeners = new Set<() => void>();
  private readonly stop: () => void;
  private trigger: Trigger | null = null;
  private asked = false;

  constructor(editor: LexicalEditor) {
    this.editor = editor;
    this.stop = editor.registerUpdateListener(({ tags, dirtyLeaves, editorState }) => {
      const typed = dirtyLeaves.size > 0 && !tags.has(COLLABORATION_TAG) && !tags.has(HISTORIC_TAG);
      if (this.trigger === null && !typed) return;
      this.set(editorState.read(() => $readTrigger(this.trigger, typed, this.asked), { editor: this.editor }));
    });
  }

  readonly get = (): Trigger | null => this.trigger;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Opens on the sign that `type` types, also in the middle of a word, and offers everything. */
  ask(type: () => void): void {
    this.asked = true;
    type();
    this.asked = false;
  }

  /** Leaves what was typed as it is. */
  readonly dismiss = (): void => this.set(null);

  /** Where the sign is on the screen; null when it is gone. */
  readonly place = (): DOMRect | null => {
    const { trigger } = this;
    const text = trigger && this.editor.getElementByKey(trigger.nodeKey)?.firstChild;
    if (!trigger || !(text instanceof Text) || trigger.offset >= text.length) return null;
    const range = document.createRange();
    range.setStart(text, trigger.offset);
    range.setEnd(text, trigger.offset + 1);
    return range.getBoundingClientRect();
  };

  dispose(): void {
    this.stop();
    this.listeners.clear();
  }

  private set(next: Trigger | null): void {
    const { trigger } = this;
    if (
      trigger?.nodeKey === next?.nodeKey &&
      trigger?.offset === next?.offset &&
      trigger?.query === next?.query &&
      trigger?.sign === next?.sign
    )
      return;
    this.trigger = next;
    for (const listener of this.listeners) listener();
  }
}

function $readTrigger(open: Trigger | null, typed: boolean, asked: boolean): Trigger | null {
  const selection = $getSelection();
  if (!$isRangeSelection(selection) || !selection.isCollapsed() || selection.anchor.type !== 'text') return null;
  const node = $getNodeByKey(selection.anchor.key);
  if (!$isTextNode(node)) return null;
  const before = node.getTextContent().slice(0, selection.anchor.offset);
  if (open && open.nodeKey === node.getKey() && before[open.offset] === open.sign) {
    const query = before.slice(open.offset + 1);
    return query.startsWith(' ') || query.startsWith('\u00a0') || query.length > LONGEST_QUERY
      ? null
      : { ...open, query };
  }
  const sign = before.at(-1);
  if (!typed || (sign !== '@' && sign !== '#' && sign !== '¶')) return null;
  const previous = before.at(-2);
  if (!asked && previous !== undefined && !AFTER.test(previous)) return null;
  return { sign, query: '', nodeKey: node.getKey(), offset: before.length - 1, all: asked };
}
