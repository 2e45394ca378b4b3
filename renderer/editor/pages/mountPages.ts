import { $getNodeByKey, $isElementNode, $isTextNode, type LexicalEditor } from 'lexical';
import type { PageApi } from '../PageApi.ts';
import { PageEstimator, type PageSources } from './PageEstimator.ts';
import { PagePainter } from './PagePainter.ts';

/** The pages of the filing beside the editor of the text. */
export function mountPages(
  editor: LexicalEditor,
  sources: PageSources,
): { api: PageApi; setName(name: (page: number) => string): void; dispose(): void } {
  const estimator = new PageEstimator(editor, sources);
  const painter = new PagePainter(editor);
  const stop = estimator.subscribe(() => painter.paint(estimator.getMarks()));
  return {
    api: {
      getPages: estimator.getState,
      subscribePages: estimator.subscribe,
      goToPage(number) {
        const place = estimator.placeOf(number);
        if (!place) return false;
        const element = editor.getElementByKey(place.blockKey);
        element?.scrollIntoView({ block: 'center' });
        editor.update(
          () => {
            const node = place.nodeKey === null ? null : $getNodeByKey(place.nodeKey);
            const block = $getNodeByKey(place.blockKey);
            if ($isTextNode(node)) node.select(place.offset, place.offset);
            else if (node) node.selectPrevious();
            else if ($isElementNode(block)) block.selectStart();
          },
          { discrete: true },
        );
        editor.focus();
        return true;
      },
    },
    setName: (name) => painter.setName(name),
    dispose() {
      stop();
      estimator.dispose();
      painter.dispose();
    },
  };
}
