import { $getRoot, $isElementNode } from 'lexical';
import type { ImageId } from '../../../shared/domain/ids.ts';
import { $createImageNode, $isImageNode, type ImageNode } from '../images/ImageNode.ts';
import { $changeImage, $insertImage, $removeImage } from '../images/imageCommands.ts';
import { $suggestNodes } from '../suggestions/suggestEdits.ts';
import type { FuzzPeer } from './FuzzPeer.ts';
import { edit, OPERATIONS } from './fuzzOperations.ts';
import type { SeededRandom } from './seededRandom.ts';

const IMAGES = ['ffffffffffffffff', 'gggggggggggggggg'] as ImageId[];
const WORDS = ['A map', 'Una orden de captura', 'List \u{1F4C4} of names'];

/** Images that come, change, go and are suggested, with the rest of the mix. */
export const IMAGE_OPERATIONS: typeof OPERATIONS = [
  ...OPERATIONS,
  [
    9,
    'insert image',
    (peer, random) =>
      edit(peer, random, random.below(2) * 4, () => {
        $insertImage({ imageId: random.pick(IMAGES), alt: random.pick(WORDS), width: 10 + 5 * random.below(19) });
      }),
  ],
  [
    6,
    'change image',
    (peer, random) =>
      withImage(peer, random, (node) =>
        $changeImage(node.getKey(), { alt: random.pick(WORDS), width: 10 + 5 * random.below(19) }),
      ),
  ],
  [
    4,
    'suggest image',
    (peer, random) =>
      edit(peer, random, 0, () => {
        const node = $createImageNode({ imageId: random.pick(IMAGES), alt: random.pick(WORDS), width: 50 });
        $suggestNodes(peer.book, [node], 'image');
      }),
  ],
  [5, 'remove image', (peer, random) => withImage(peer, random, (node) => $removeImage(node.getKey()))],
];

function withImage(peer: FuzzPeer, random: SeededRandom, run: (node: ImageNode) => void): void {
  peer.editor.update(
    () => {
      const images = $getRoot()
        .getChildren()
        .flatMap((block) => ($isElementNode(block) ? block.getChildren().filter($isImageNode) : []));
      if (images.length > 0) run(random.pick(images));
    },
    { discrete: true },
  );
}
