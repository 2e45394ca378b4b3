import * as Y from 'yjs';
import { AUTHORS_ROOT } from '../domain/collections.ts';

/** [SY80] What a reviewer may write: comments, suggestions, its organization's own card, and who typed what. */
const OPEN_ROOTS: ReadonlySet<string> = new Set(['suggestions', 'threads', 'replies', 'organizations', AUTHORS_ROOT]);
/** [SY80] Whether a root of records is a reviewer's to write. */
export function mayReviewerWrite(root: string): boolean {
  return OPEN_ROOTS.has(root);
}

/**
 * A run of text with such a mark of value 1 is a suggested insertion; without the suggestions it is not there. The editor's
 * binding puts `s_` before the key of a mark.
 */
const INSERTION = 's_ins_';

/**
 * [SY80] Lets `apply` bring a reviewer's frame into the document and says whether that was a breach: whether the text with
 * all suggestions rejected became another, or a record that a reviewer may not touch changed.
 */
export function auditReviewer(doc: Y.Doc, apply: () => void): boolean {
  const before = readRejectedTexts(doc);
  let recordChanged = false;
  const watch = (transaction: Y.Transaction): void => {
    for (const [name, root] of doc.share)
      if (!OPEN_ROOTS.has(name))
        recordChanged ||= [...(transaction.changed.get(root) ?? [])].some((key) => key !== null);
  };
  doc.on('afterTransaction', watch);
  try {
    apply();
  } finally {
    doc.off('afterTransaction', watch);
  }
  if (recordChanged) return true;
  const after = readRejectedTexts(doc);
  return [...new Set([...before.keys(), ...after.keys()])].some(
    (name) => (before.get(name) ?? '') !== (after.get(name) ?? ''),
  );
}

/** The text of every root, all suggestions rejected; roots that a reviewer may write are left out. */
function readRejectedTexts(doc: Y.Doc): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [name, root] of doc.share) if (!OPEN_ROOTS.has(name)) texts.set(name, readText(root._start));
  return texts;
}

function readText(start: Y.Item | null): string {
  let text = '';
  const marks = new Map<string, unknown>();
  for (let item = start; item; item = item.right) {
    if (item.deleted) continue;
    const { content } = item;
    if (content instanceof Y.ContentFormat) {
      if (content.value === null) marks.delete(content.key);
      else marks.set(content.key, content.value);
    } else if (content instanceof Y.ContentString) {
      if (![...marks].some(([key, value]) => value === 1 && key.startsWith(INSERTION))) text += content.str;
    } else if (content instanceof Y.ContentType) text += readText(content.type._start);
  }
  return text;
}
