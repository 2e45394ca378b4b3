import {
  $createNodeSelection,
  $getNearestNodeFromDOMNode,
  $getNodeByKey,
  $getSelection,
  $isNodeSelection,
  $setSelection,
  CLICK_COMMAND,
  COMMAND_PRIORITY_CRITICAL,
  COMMAND_PRIORITY_HIGH,
  KEY_DOWN_COMMAND,
  type LexicalEditor,
  mergeRegister,
  type NodeKey,
} from 'lexical';
import type * as Y from 'yjs';
import type { BlockId } from '../../../shared/domain/ids.ts';
import { isKeyOf } from '../../ui/commands/commands.ts';
import { freshId } from '../../ui/freshId.ts';
import { SectionMover } from '../binding/SectionMover.ts';
import { $insertWords } from '../commands/letterCommands.ts';
import { $insertReference } from '../commands/referenceCommands.ts';
import type { DocumentIndex } from '../EditorApi.ts';
import { $isReferenceNode } from '../nodes/ReferenceNode.ts';
import type { IndexedReference, ReferenceApi } from '../ReferenceApi.ts';
import { reveal } from '../reveal.ts';
import { isReviewed } from '../suggestions/suggestingOf.ts';
import { ReferenceTrigger } from './ReferenceTrigger.ts';

/** Binds the keys and clicks of references; `getIndex` is the indexer's. */
export function createReferenceApi(
  editor: LexicalEditor,
  getIndex: () => DocumentIndex,
  doc: Y.Doc,
): ReferenceApi & { dispose(): void } {
  const trigger = new ReferenceTrigger(editor);
  const followed: NodeKey[] = [];
  let onTriggerKey: ((event: KeyboardEvent) => boolean) | null = null;
  let opener: ((reference: IndexedReference) => boolean) | null = null;

  const follow = (nodeKey: NodeKey): boolean => {
    const reference = getIndex().references.find((known) => known.nodeKey === nodeKey);
    if (!reference || reference.text === null) return false;
    const done =
      reference.targetBlockKey === null
        ? (opener?.(reference) ?? false)
        : reveal(editor, { blockKey: reference.targetBlockKey }, true);
    if (done && followed.at(-1) !== nodeKey) followed.push(nodeKey);
    if (followed.length > 50) followed.shift();
    return done;
  };
  const goBack = (): boolean => {
    for (let key = followed.pop(); key !== undefined; key = followed.pop())
      if (reveal(editor, { nodeKey: key }, true)) return true;
    return false;
  };
  const mover = new SectionMover(editor, doc);
  const stop = mergeRegister(
    editor.registerCommand(
      KEY_DOWN_COMMAND,
      (event) => {
        if (trigger.get() && onTriggerKey && !event.isComposing && onTriggerKey(event)) {
          event.preventDefault();
          event.stopPropagation();
          return true;
        }
        if (isKeyOf(event, 'reference-back')) {
          if (!goBack()) return false;
          event.preventDefault();
          return true;
        }
        if (event.key !== 'Enter' || event.isComposing) return false;
        const selection = $getSelection();
        const [node] = $isNodeSelection(selection) ? selection.getNodes() : [];
        if (!$isReferenceNode(node)) return false;
        event.preventDefault();
        const key = node.getKey();
        queueMicrotask(() => follow(key));
        return true;
      },
      COMMAND_PRIORITY_CRITICAL,
    ),
    editor.registerCommand(
      CLICK_COMMAND,
      (event) => {
        const node = event.target instanceof Node ? $getNearestNodeFromDOMNode(event.target) : null;
        if (!$isReferenceNode(node)) return false;
        const key = node.getKey();
        if (event.ctrlKey || event.metaKey) {
          event.preventDefault();
          queueMicrotask(() => follow(key));
          return true;
        }
        const selection = $createNodeSelection();
        selection.add(key);
        $setSelection(selection);
        return true;
      },
      COMMAND_PRIORITY_HIGH,
    ),
  );
  return {
    insertReference(choice) {
      const open = trigger.get();
      let done = false;
      editor.update(
        () => {
          const sign = open ? $getNodeByKey(open.nodeKey) : null;
          done = $insertReference(choice, () => freshId<BlockId>(), open && sign ? open.query.length + 1 : 0);
        },
        { discrete: true },
      );
      trigger.dismiss();
      return done;
    },
    askForReference() {
      let done = false;
      trigger.ask(() =>
        editor.update(
          () => {
            done = $insertWords('¶');
          },
          { discrete: true },
        ),
      );
      return done;
    },
    followReference: follow,
    returnToReference: goBack,
    setReferenceOpener(open) {
      opener = open;
    },
    getTrigger: trigger.get,
    subscribeTrigger: trigger.subscribe,
    dismissTrigger: trigger.dismiss,
    triggerPlace: trigger.place,
    setTriggerKeys(onKey) {
      onTriggerKey = onKey;
    },
    setTriggerOption(listId, optionId) {
      const root = editor.getRootElement();
      setAttribute(root, 'aria-controls', listId);
      setAttribute(root, 'aria-activedescendant', optionId);
    },
    // A move writes the words of others anew: it is closed to reviewers [SY80].
    moveSection: (blockKey, target) => !isReviewed(editor) && mover.move(blockKey, target),
    dispose() {
      stop();
      mover.dispose();
      trigger.dispose();
    },
  };
}

function setAttribute(element: HTMLElement | null, name: string, value: string | null): void {
  if (value === null) element?.removeAttribute(name);
  else element?.setAttribute(name, value);
}
