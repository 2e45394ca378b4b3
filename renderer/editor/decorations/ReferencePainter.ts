import type { LexicalEditor } from 'lexical';
import type { ReferenceKind } from '../../../shared/domain/document.ts';
import type { DocumentIndex } from '../EditorApi.ts';

/** Shown in place of a reference whose target is gone: "missing ¶". */
export type MissingWords = Readonly<Record<ReferenceKind, string>>;

/** Writes `¶ 12` into the references of the page, or in red what is missing. */
export class ReferencePainter {
  private readonly editor: LexicalEditor;

  constructor(editor: LexicalEditor) {
    this.editor = editor;
  }

  paint(index: DocumentIndex, missing: MissingWords): void {
    for (const reference of index.references) {
      const element = this.editor.getElementByKey(reference.nodeKey);
      if (!element) continue;
      const text = reference.text ?? missing[reference.kind];
      if (element.textContent !== text) element.textContent = text;
      element.classList.toggle('reference-missing', reference.text === null);
    }
  }
}
