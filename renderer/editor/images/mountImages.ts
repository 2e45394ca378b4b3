import { $getSelection, type LexicalEditor } from 'lexical';
import type { ImageFile } from '../../../shared/domain/records.ts';
import type { ImageApi, ImageRequest, ImageWords } from '../ImageApi.ts';
import { ImageFiles } from './ImageFiles.ts';
import { ImagePainter } from './ImagePainter.ts';
import { $changeImage, $insertImage, $readImage, $removeImage, $selectedImage } from './imageCommands.ts';
import { registerImages } from './registerImages.ts';
import './images.css';

export interface MountedImages {
  api: ImageApi;
  setWords(words: ImageWords): void;
  /** To be called when records change. */
  repaint(): void;
  dispose(): void;
}

/** Joins the images of a complaint with the editor of its body. */
export function mountImages({
  editor,
  complaintId,
  getRecords,
  closeUndoStep,
}: {
  editor: LexicalEditor;
  complaintId: string;
  getRecords(): readonly ImageFile[];
  closeUndoStep(): void;
}): MountedImages {
  const files = new ImageFiles({ complaintId, getRecords, onChange: (imageId) => painter.repaintImage(imageId) });
  const painter = new ImagePainter(editor, files);
  const listeners = new Set<(request: ImageRequest) => void>();
  const ask = (request: ImageRequest): void => {
    for (const listener of listeners) listener(request);
  };
  const stopKeys = registerImages(editor, ask);
  let selected: string | null = null;
  const stopSelection = editor.registerUpdateListener(({ editorState }) => {
    const image = editorState.read(() => {
      const node = $selectedImage();
      return node && node.getKey() !== selected ? $readImage(node) : node && 'same';
    });
    if (image === 'same') return;
    selected = image?.nodeKey ?? null;
    if (image) queueMicrotask(() => ask({ kind: 'selected', image }));
  });
  const update = (run: () => boolean): boolean => {
    let done = false;
    closeUndoStep();
    editor.update(() => void (done = run()), { discrete: true });
    return done;
  };
  return {
    api: {
      canInsert: () => editor.isEditable() && editor.read(() => $getSelection() !== null),
      insert: (image) => update(() => $insertImage(image)),
      change: (nodeKey, fields) => update(() => $changeImage(nodeKey, fields)),
      remove: (nodeKey) => update(() => $removeImage(nodeKey)),
      getSelected: () =>
        editor.read(() => {
          const node = $selectedImage();
          return node && $readImage(node);
        }),
      subscribeRequests(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    setWords: (words) => painter.setWords(words),
    repaint: painter.repaint,
    dispose() {
      stopKeys();
      stopSelection();
      painter.dispose();
      files.dispose();
      listeners.clear();
    },
  };
}
