import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { clientIdOf } from '../../../shared/sync/clientIds.ts';
import { Authors } from './Authors.ts';

describe('[DO42] the generation of a copy', () => {
  const anas = clientIdOf(1, 1);
  const own = clientIdOf(2, 1);
  const lying = clientIdOf(3, 1);

  /** Ana typed three letters; a partner's record claims to be the copy of them that nothing can come after. */
  function docWithLastGeneration(): Y.Doc {
    const doc = new Y.Doc();
    const partner = new Y.Doc();
    partner.clientID = lying;
    partner.getMap('authors').set(`${lying}/5`, `3/${anas}/0/999999999`);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(partner));
    doc.clientID = own;
    return doc;
  }

  it('is one more than that of the copies before it', () => {
    const doc = new Y.Doc();
    doc.clientID = own;
    const authors = new Authors(doc);
    authors.noteCopy({ client: own, clock: 10 }, { client: anas, clock: 0, length: 3 });
    authors.noteCopy({ client: own, clock: 20 }, { client: own, clock: 10, length: 3 });
    expect(authors.copiesOf(anas, 0).map(({ clock, generation }) => [clock, generation])).toEqual([
      [20, 2],
      [10, 1],
    ]);
  });

  it('stays one that every program can read, whatever a partner claims: the copy keeps its author', () => {
    const doc = docWithLastGeneration();
    new Authors(doc).noteCopy({ client: own, clock: 10 }, { client: anas, clock: 0, length: 3 });
    const reopened = new Y.Doc();
    Y.applyUpdate(reopened, Y.encodeStateAsUpdate(doc));
    expect(new Authors(reopened).of(own, 10, 3)).toEqual([
      { clock: 10, length: 3, origin: { client: anas, clock: 0 }, author: 1 },
    ]);
  });
});
