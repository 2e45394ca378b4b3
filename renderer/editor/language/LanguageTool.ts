import { $forEachSelectedTextNode } from '@lexical/selection';
import { $getSelection, $isRangeSelection, type LexicalEditor, type LexicalNode } from 'lexical';
import type { PassageLanguage } from '../../../shared/domain/passageLanguage.ts';
import { $blockOf } from '../commands/formatCommands.ts';
import type { LanguageApi } from '../EditorTools.ts';
import { $suggesting } from '../suggestions/suggestingOf.ts';
import { complaintLanguage, onComplaintLanguage } from './complaintLanguage.ts';
import { $getOwnLanguage, $setOwnLanguage } from './languageState.ts';

/** The language of the passage at the caret, and the command that changes it. */
export class LanguageTool implements LanguageApi {
  private readonly editor: LexicalEditor;
  private readonly listeners = new Set<() => void>();
  private readonly stops: readonly (() => void)[];
  private current: PassageLanguage = complaintLanguage();

  constructor(editor: LexicalEditor) {
    this.editor = editor;
    const look = (): void => {
      const next = editor.getEditorState().read($languageAtCaret, { editor });
      if (next === this.current) return;
      this.current = next;
      for (const listener of this.listeners) listener();
    };
    this.stops = [editor.registerUpdateListener(look), onComplaintLanguage(look)];
  }

  readonly get = (): PassageLanguage => this.current;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly set = (language: PassageLanguage): void => {
    if (this.editor.isEditable()) this.editor.update(() => $setLanguage(language));
  };

  dispose(): void {
    for (const stop of this.stops) stop();
    this.listeners.clear();
  }
}

/** Gives words selected inside one block the language; without such a selection every block that it touches. */
export function $setLanguage(language: PassageLanguage): void {
  const selection = $getSelection();
  if (!$isRangeSelection(selection)) return;
  const first = $blockOf(selection.anchor.getNode());
  const inOneBlock = first !== null && first === $blockOf(selection.focus.getNode());
  const whole = first !== null && selection.getTextContent() === first.getTextContent();
  if (inOneBlock && !whole && !selection.isCollapsed()) {
    const around = $getOwnLanguage(first) ?? complaintLanguage();
    const words: LexicalNode[] = [];
    $forEachSelectedTextNode((node) => void words.push(node));
    $setLanguages(words, language === around ? null : language);
    return;
  }
  const blocks = new Set(selection.getNodes().map((node) => $blockOf(node)));
  const touched = [...blocks].filter((block) => block !== null);
  $setLanguages(touched, language === complaintLanguage() ? null : language);
  $setLanguages(
    touched.flatMap((block) => block.getAllTextNodes()),
    null,
  );
}

function $setLanguages(nodes: readonly LexicalNode[], language: PassageLanguage | null): void {
  const hand = $suggesting();
  if (hand) hand.values(nodes, 'lang', language);
  else for (const node of nodes) $setOwnLanguage(node, language);
}

/** The language that the words of a node are in. */
export function $languageOf(node: LexicalNode): PassageLanguage {
  const block = $blockOf(node);
  return $getOwnLanguage(node) ?? (block ? $getOwnLanguage(block) : null) ?? complaintLanguage();
}

function $languageAtCaret(): PassageLanguage {
  const selection = $getSelection();
  return $isRangeSelection(selection) ? $languageOf(selection.anchor.getNode()) : complaintLanguage();
}
