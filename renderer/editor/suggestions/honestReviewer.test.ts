import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { SerializedBody } from '../../../shared/domain/document.ts';
import { auditReviewer } from '../../../shared/sync/auditReviewer.ts';
import { fillBody } from '../binding/fillBody.ts';
import { FuzzPeer } from '../testing/FuzzPeer.ts';
import { SeededRandom } from '../testing/seededRandom.ts';
import { runSuggestionOperation } from '../testing/suggestionOperations.ts';

const text = { type: 'text', version: 1, format: 0, style: '', mode: 'normal', detail: 0 } as const;
const block = { type: 'block', version: 1, blockStyle: 'numbered', direction: null, format: '', indent: 0 } as const;

describe('[SY80] an honest reviewer', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('suggests without a breach, seed %i', (seed) => {
    const source = new Y.Doc();
    source.clientID = 1;
    const children = ['The center was created in May 2017.', 'Ten officers work there.'].map((words) => ({
      ...block,
      children: [{ ...text, text: words }],
    }));
    fillBody(source, {
      root: { type: 'root', version: 1, direction: null, format: '', indent: 0, children },
    } as SerializedBody);
    const genesis = Y.encodeStateAsUpdate(source);
    const reviewer = new FuzzPeer(3 * 65_536, genesis, false);
    const partner = new Y.Doc();
    partner.get('body', Y.XmlElement);
    Y.applyUpdate(partner, genesis, 'genesis');
    const random = new SeededRandom(seed);
    const breaches: string[] = [];
    let name = '';
    reviewer.doc.on('update', (update: Uint8Array) => {
      if (auditReviewer(partner, () => Y.applyUpdate(partner, update, 'frame'))) breaches.push(name);
    });
    for (let step = 0; step < 30; step++) {
      name = runSuggestionOperation(reviewer, random, ['accept', 'reject']);
    }
    expect(breaches).toEqual([]);
    reviewer.dispose();
  });
});
