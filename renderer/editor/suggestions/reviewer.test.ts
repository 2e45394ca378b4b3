// Over 400 lines: one list of everything that writes, with the law that all of it is run under; split, a new command could miss it.
import { readFileSync } from 'node:fs';
import {
  $createTextNode,
  $getNodeByKey,
  $getRoot,
  $getSelection,
  $isElementNode,
  $isRangeSelection,
  $isTextNode,
  $selectAll,
  COMPOSITION_START_COMMAND,
  CONTROLLED_TEXT_INSERTION_COMMAND,
  DELETE_CHARACTER_COMMAND,
  DELETE_LINE_COMMAND,
  DELETE_WORD_COMMAND,
  INSERT_LINE_BREAK_COMMAND,
  INSERT_PARAGRAPH_COMMAND,
  INSERT_TAB_COMMAND,
  type LexicalNode,
  REDO_COMMAND,
  REMOVE_TEXT_COMMAND,
  SELECTION_INSERT_CLIPBOARD_NODES_COMMAND,
  UNDO_COMMAND,
} from 'lexical';
import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { COLLECTION_NAMES, readCollection } from '../../../shared/domain/collections.ts';
import type { SerializedBody } from '../../../shared/domain/document.ts';
import type { ClaimId, ExhibitId, ImageId, NoteId, PersonId, ThreadId } from '../../../shared/domain/ids.ts';
import { resolveSuggestions } from '../../../shared/domain/resolveSuggestions.ts';
import { auditReviewer } from '../../../shared/sync/auditReviewer.ts';
import { fillBody } from '../binding/fillBody.ts';
import { sortKeys, takeBody } from '../binding/takeBody.ts';
import type { EditorApi } from '../EditorApi.ts';
import type { ImageApi } from '../ImageApi.ts';
import { $isImageNode } from '../images/ImageNode.ts';
import { $changeImage, $insertImage, $removeImage, $selectImage } from '../images/imageCommands.ts';
import type { LinkApi } from '../LinkApi.ts';
import { registerLetterParts } from '../letter/registerLetterParts.ts';
import { $createBlockNode, $isBlockNode } from '../nodes/BlockNode.ts';
import { $createFootnoteNode, $isFootnoteNode } from '../nodes/FootnoteNode.ts';
import { stateOf } from '../nodes/textState.ts';
import { $fitHere, $insertAfter, $insertPasted } from '../paste/insertPasted.ts';
import type { PastedBlock } from '../paste/Pasted.ts';
import { drawIds } from '../paste/testing/drawIds.ts';
import { TABLE_COMMANDS, type TableApi } from '../TableApi.ts';
import { registerTables } from '../tables/registerTables.ts';
import { $runInsertTable, $runTableCommand } from '../tables/runTableCommand.ts';
import { $isTableNode } from '../tables/TableNode.ts';
import { $layOut, placesOf } from '../tables/tableShape.ts';
import { ReviewDesk } from '../testing/ReviewDesk.ts';
import { SeededRandom } from '../testing/seededRandom.ts';

const SAMPLE = JSON.parse(
  readFileSync(new URL('../../../resources/sample/body.json', import.meta.url), 'utf8'),
) as SerializedBody;
const CLAIM = 'cccccccccccccccc' as ClaimId;
const EXHIBIT = 'eeeeeeeeeeeeeeee' as ExhibitId;
const PERSON = 'pppppppppppppppp' as PersonId;
const THREAD = 'tttttttttttttttt' as ThreadId;
const LOOSE = 'llllllllllllllll' as NoteId;
const NOTE = 'nnnnnnnnnnnnnnnn' as NoteId;
const IMAGE = 'iiiiiiiiiiiiiiii' as ImageId;
const ADDRESS = 'https://example.org/report';
const pasted = (style: PastedBlock['style'], ...words: string[]): PastedBlock =>
  ({
    style,
    direction: null,
    inlines: words.map((text) => ({ kind: 'text', text, format: 0, smallCaps: false, href: '' })),
  }) as unknown as PastedBlock;

const drawOf = (seed: number): (() => string) => {
  const random = new SeededRandom(seed);
  return () => Array.from({ length: 16 }, () => random.pick([...'abcdefghijklmnop'])).join('');
};
const desks: ReviewDesk[] = [];
afterEach(() => {
  for (const desk of desks.splice(0)) desk.dispose();
});
const openDesk = (clientId: number, state: Uint8Array): ReviewDesk => {
  const desk = new ReviewDesk(clientId, state);
  desks.push(desk);
  registerLetterParts(desk.text);
  registerTables(desk.text, drawOf(clientId), () => {});
  return desk;
};

/** The sample complaint with an editor's claim, link, language, image, table and two footnotes in it, one without a place. */
function realDocument(): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 1;
  fillBody(doc, SAMPLE);
  const owner = openDesk(65_536, Y.encodeStateAsUpdate(doc));
  const [one, two, three] = places(owner);
  owner.select(owner.text, one, 0, 8);
  expect(owner.api.markClaim(CLAIM)).toBe(true);
  owner.select(owner.text, one, 9, 14);
  expect(owner.links.applyLink(ADDRESS)).toBe(true);
  owner.select(owner.text, two, 0, 6);
  owner.language.set('es');
  for (const [id, words] of [
    [NOTE, 'See the annual report.'],
    [LOOSE, 'A note that lost its place.'],
  ] as const) {
    owner.select(owner.text, three, 4);
    owner.edit(owner.text, () => {
      const selection = $getSelection();
      if ($isRangeSelection(selection)) selection.insertNodes([$createFootnoteNode(id)]);
    });
    const index = owner.notes.read(() => $getRoot().getChildrenSize()) - 1;
    owner.select(owner.notes, index, 0);
    owner.edit(owner.notes, () => void owner.notes.dispatchCommand(CONTROLLED_TEXT_INSERTION_COMMAND, words));
  }
  owner.select(owner.text, one, 30);
  owner.edit(owner.text, () => void $insertImage({ imageId: IMAGE, alt: 'A map of the center', width: 50 }));
  owner.select(owner.text, two, 3);
  owner.edit(owner.text, () => {
    $runInsertTable(3, 3, drawOf(5));
    for (const { cells } of placesOf($layOut($table()))) {
      cells[0]?.selectEnd();
      owner.text.dispatchCommand(CONTROLLED_TEXT_INSERTION_COMMAND, `cell ${cells[0]?.getKey()}`);
    }
  });
  return Y.encodeStateAsUpdate(owner.doc);
}

function $table() {
  const table = $getRoot().getChildren().find($isTableNode);
  if (!table) throw new Error('no table');
  return table;
}

/** Blocks with many words, at the beginning, in the middle and at the end. */
function places(desk: ReviewDesk): [number, number, number] {
  const long = desk.text.read(() =>
    $getRoot()
      .getChildren()
      .flatMap((block, index) => ($isBlockNode(block) && block.getTextContentSize() > 60 ? [index] : [])),
  );
  return [long[0] as number, long[Math.floor(long.length / 2)] as number, long.at(-1) as number];
}

/** As if all suggestions were rejected; what a reviewer may set besides (comments, names of blocks) is left out. */
function rejected(desk: ReviewDesk): string {
  const records = readCollection('suggestions', desk.doc.getMap('suggestions'));
  const strip = (body: SerializedBody): unknown =>
    JSON.parse(JSON.stringify(sortKeys(body)), (key, value) => {
      if (key !== '$') return value;
      const kept = Object.entries(value as object).filter(([name]) => !name.startsWith('cm_') && name !== 'id');
      return kept.length > 0 ? Object.fromEntries(kept) : undefined;
    });
  const once = (body: SerializedBody) => resolveSuggestions(strip(body) as SerializedBody, records, 'rejected');
  const notes = takeBody(desk.notes) as unknown as { root: { children: { noteId: string; children: unknown[] }[] } };
  const perNote = notes.root.children
    .map(({ noteId, children }) => ({
      noteId,
      body: once({ root: { ...notes.root, children } } as unknown as SerializedBody),
    }))
    // An empty note and none are the same: the note of a suggested reference stays when that is taken back.
    .filter(({ body }) => body.root.children.some((block) => 'children' in block && block.children.length > 0));
  return JSON.stringify([once(takeBody(desk.text)), perNote]);
}

type Run = (desk: ReviewDesk, at: number, random: SeededRandom) => void;
const type =
  (words: string): Run =>
  (desk, at, random) => {
    const offset = random.below(30);
    desk.select(desk.text, at, offset, offset + random.below(2) * 12);
    desk.edit(desk.text, () => void desk.text.dispatchCommand(CONTROLLED_TEXT_INSERTION_COMMAND, words));
  };
const key =
  (command: Parameters<ReviewDesk['text']['dispatchCommand']>[0], payload: unknown, length = 0): Run =>
  (desk, at, random) => {
    const offset = random.below(30);
    desk.select(desk.text, at, offset, offset + length);
    desk.edit(
      desk.text,
      () => void desk.text.dispatchCommand(command as typeof DELETE_WORD_COMMAND, payload as boolean),
    );
  };

/** Every member of the editor's API that writes, and those of it that do not. A new one has to be put here. */
type ReadOnly =
  | 'reveal'
  | 'focus'
  | 'hasFocus'
  | 'takeBody'
  | 'takeNotes'
  | 'getIndex'
  | 'subscribeIndex'
  | 'getSelection'
  | 'subscribeSelection'
  | 'goToNote'
  | 'followReference'
  | 'returnToReference'
  | 'setReferenceOpener'
  | 'getTrigger'
  | 'subscribeTrigger'
  | 'dismissTrigger'
  | 'triggerPlace'
  | 'setTriggerKeys'
  | 'setTriggerOption'
  | 'holdSubject'
  | 'showThreads'
  | 'tools'
  | 'suggestions'
  | 'publishCaret'
  | 'pages';
type Writing =
  | Exclude<keyof EditorApi, ReadOnly | 'links' | 'images' | 'tables'>
  | Exclude<keyof LinkApi, 'getLink' | 'subscribeLinkFollowed'>
  | `images.${Exclude<keyof ImageApi, 'canInsert' | 'getSelected' | 'subscribeRequests'>}`
  | `tables.${Exclude<keyof TableApi, 'isOffered' | 'getCaret' | 'subscribe'>}`;

const API: Record<Writing, Run> = {
  toggleFormat: (desk, at) => {
    desk.select(desk.text, at, 2, 20);
    desk.api.toggleFormat('bold');
    desk.api.toggleFormat('small-caps');
  },
  setBlockStyle: (desk, at) => {
    desk.select(desk.text, at, 3);
    desk.api.setBlockStyle('quote');
  },
  markClaim: (desk, at) => {
    desk.select(desk.text, at, 2, 20);
    expect(desk.api.markClaim('dddddddddddddddd' as ClaimId)).toBe(false);
  },
  unmarkClaim: (desk) => desk.api.unmarkClaim(CLAIM),
  insertCitation: (desk, at) => {
    desk.select(desk.text, at, 7);
    desk.api.insertCitation({ exhibitId: EXHIBIT, page: 2 });
    desk.api.insertCitation({ exhibitId: EXHIBIT, page: 3, afterClaim: CLAIM });
  },
  insertPerson: (desk, at) => {
    desk.select(desk.text, at, 5, 9);
    desk.api.insertPerson(PERSON);
  },
  insertFootnote: (desk, at) => {
    desk.select(desk.text, at, 5);
    desk.api.insertFootnote();
    const last = desk.notes.read(() => $getRoot().getChildrenSize()) - 1;
    desk.select(desk.notes, last, 0);
    desk.edit(desk.notes, () => {
      desk.notes.dispatchCommand(CONTROLLED_TEXT_INSERTION_COMMAND, 'Words of a new note.');
      desk.notes.dispatchCommand(INSERT_PARAGRAPH_COMMAND, undefined);
    });
  },
  placeNote: (desk, at) => {
    desk.select(desk.text, at, 9);
    desk.api.placeNote(LOOSE);
  },
  insertLines: (desk, at) => {
    desk.select(desk.text, at, 2);
    desk.api.insertLines([
      { style: 'h2', text: 'A heading' },
      { style: 'numbered', text: 'A paragraph' },
    ]);
  },
  insertPart: (desk, at) => {
    desk.select(desk.text, at, 2);
    desk.api.insertPart('transmission');
  },
  insertWords: (desk, at) => {
    desk.select(desk.text, at, 4, 6);
    desk.api.insertWords('§');
  },
  undo: (desk) => void desk.text.dispatchCommand(UNDO_COMMAND, undefined),
  redo: (desk) => void desk.text.dispatchCommand(REDO_COMMAND, undefined),
  insertReference: (desk, at) => {
    desk.select(desk.text, at, 6);
    desk.api.insertReference({ kind: 'paragraph', blockKey: desk.keyOf(at) });
    desk.api.insertReference({ kind: 'exhibit', exhibitId: EXHIBIT });
  },
  askForReference: (desk, at) => {
    desk.select(desk.text, at, 6);
    desk.api.askForReference();
    desk.api.insertReference({ kind: 'person', personId: PERSON });
  },
  moveSection: (desk) => {
    const heading = desk.api.getIndex().blocks.find(({ style }) => style === 'h1');
    expect(desk.api.moveSection(heading?.key ?? '', 'down')).toBe(false);
  },
  markThread: (desk, at) => {
    desk.select(desk.text, at, 2, 20);
    desk.api.markThread(THREAD, { anchor: 'text', quote: '', anchorPos: null, focusPos: null });
  },
  unmarkThread: (desk) => desk.api.unmarkThread(THREAD),
  applyLink: (desk, at) => {
    desk.select(desk.text, at, 2, 20);
    desk.links.applyLink('https://example.org/other');
    desk.select(desk.text, at, 30);
    desk.links.applyLink(ADDRESS, 'typed link');
  },
  removeLink: (desk, at) => {
    desk.select(desk.text, at, 0, 25);
    desk.links.removeLink();
  },
  'images.insert': (desk, at) => {
    desk.select(desk.text, at, 5, 9);
    desk.edit(desk.text, () => void $insertImage({ imageId: IMAGE, alt: 'The same map', width: 30 }));
  },
  'images.change': (desk) =>
    desk.edit(desk.text, () => {
      const key = $imageKey();
      if (key) expect($changeImage(key, { alt: 'Another', width: 20 })).toBe(false);
    }),
  'images.remove': (desk) => desk.edit(desk.text, () => void $removeImage($imageKey() ?? '')),
  'tables.insert': (desk, at) => {
    desk.select(desk.text, at, 4);
    desk.edit(desk.text, () => {
      $runInsertTable(2, 2, drawOf(at));
      desk.text.dispatchCommand(CONTROLLED_TEXT_INSERTION_COMMAND, 'in a new table');
    });
  },
  'tables.run': (desk, _at, random) => {
    for (const command of TABLE_COMMANDS)
      desk.edit(desk.text, () => {
        const place = random.pick(placesOf($layOut($table())));
        place.cells[0]?.selectEnd();
        $runTableCommand(command, drawOf(random.below(1_000_000)));
        desk.text.dispatchCommand(CONTROLLED_TEXT_INSERTION_COMMAND, 'mine');
      });
  },
};

function $imageKey(): string | undefined {
  for (const block of $getRoot().getChildren().filter($isBlockNode))
    for (const node of block.getChildren()) if ($isImageNode(node)) return node.getKey();
  return undefined;
}

/** Selections that reach over the edge of a table, a cell or a note, or hold a node alone. */
const PARTED: Record<string, (desk: ReviewDesk) => void> = {
  'from before a table to behind it': (desk) => {
    const index = desk.text.read(() => $table().getIndexWithinParent());
    desk.select(desk.text, index - 1, 3);
    desk.edit(desk.text, () => {
      const selection = $getSelection();
      const behind = $table().getNextSibling();
      if ($isRangeSelection(selection) && $isElementNode(behind)) selection.focus.set(behind.getKey(), 1, 'element');
    });
  },
  everything: (desk) => desk.edit(desk.text, () => void $selectAll()),
  'two cells': (desk) =>
    desk.edit(desk.text, () => {
      const [one, , , other] = placesOf($layOut($table())).map(({ cells }) => cells[0]);
      const selection = one?.selectStart();
      const last = other?.getLastChild();
      if (selection && $isElementNode(last)) selection.focus.set(last.getKey(), last.getChildrenSize(), 'element');
    }),
  'from a cell to behind the table': (desk) =>
    desk.edit(desk.text, () => {
      const selection = placesOf($layOut($table()))[4]?.cells[0]?.selectStart();
      const behind = $table().getNextSibling();
      if (selection && $isElementNode(behind)) selection.focus.set(behind.getKey(), 1, 'element');
    }),
  'the table by its place in the text': (desk) =>
    desk.edit(desk.text, () => {
      const at = $table().getIndexWithinParent();
      $getRoot().select(at, at + 1);
    }),
  'an image': (desk) =>
    desk.edit(desk.text, () => {
      for (const block of $getRoot().getChildren().filter($isBlockNode))
        for (const node of block.getChildren()) if ($isImageNode(node)) $selectImage(node);
    }),
};
const OVER: Record<string, (desk: ReviewDesk) => void> = {
  typed: (desk) => void desk.text.dispatchCommand(CONTROLLED_TEXT_INSERTION_COMMAND, 'instead'),
  composed: (desk) => {
    desk.text.dispatchCommand(COMPOSITION_START_COMMAND, { timeStamp: 0, data: '' } as CompositionEvent);
    const selection = $getSelection();
    if ($isRangeSelection(selection)) {
      expect(selection.isCollapsed()).toBe(true);
      selection.insertText('compuesto');
    }
  },
  'nodes pasted': (desk) => {
    const selection = $getSelection();
    if (!selection) return;
    const nodes = [$createBlockNode('quote').append($createTextNode('pasted')), $createTextNode('run')];
    desk.text.dispatchCommand(SELECTION_INSERT_CLIPBOARD_NODES_COMMAND, { nodes, selection });
  },
  'a page pasted': () => void $insertPasted([pasted('plain', 'one'), pasted('h2', 'two')], drawIds()),
  cut: (desk) => void desk.text.dispatchCommand(REMOVE_TEXT_COMMAND, null),
  Enter: (desk) => void desk.text.dispatchCommand(INSERT_PARAGRAPH_COMMAND, undefined),
  Delete: (desk) => void desk.text.dispatchCommand(DELETE_CHARACTER_COMMAND, false),
};
const ACROSS = Object.fromEntries(
  Object.entries(PARTED).flatMap(([what, select]) =>
    Object.entries(OVER).map(([how, run]): [string, Run] => [
      `${what}: ${how}`,
      (desk) => {
        select(desk);
        desk.edit(desk.text, () => run(desk));
      },
    ]),
  ),
);

const OTHERS: Record<string, Run> = {
  'typing words': type('data '),
  'a quotation mark typed': type('"'),
  Backspace: key(DELETE_CHARACTER_COMMAND, true),
  'Delete of a selection': key(DELETE_CHARACTER_COMMAND, false, 11),
  'Ctrl Backspace': key(DELETE_WORD_COMMAND, true),
  'Delete to the end of the line': key(DELETE_LINE_COMMAND, false, 5),
  Enter: key(INSERT_PARAGRAPH_COMMAND, undefined),
  'Shift Enter': key(INSERT_LINE_BREAK_COMMAND, false),
  Tab: key(INSERT_TAB_COMMAND, undefined),
  cutting: key(REMOVE_TEXT_COMMAND, null, 14),
  'pasting nodes of our own': (desk, at) => {
    desk.select(desk.text, at, 8, 12);
    desk.edit(desk.text, () => {
      const selection = $getSelection();
      if (!$isRangeSelection(selection)) return;
      const nodes = [$createBlockNode('quote').append($createTextNode('pasted')), $createTextNode('run')];
      desk.text.dispatchCommand(SELECTION_INSERT_CLIPBOARD_NODES_COMMAND, { nodes, selection });
    });
  },
  'pasting a web page': (desk, at) => {
    desk.select(desk.text, at, 8, 12);
    desk.edit(
      desk.text,
      () => void $insertPasted([pasted('plain', 'one'), pasted('h2', 'two'), pasted('plain', 'three')], drawIds()),
    );
  },
  'pasting a table': (desk, at) => {
    desk.select(desk.text, at, 8, 12);
    desk.edit(desk.text, () => {
      const cell = (column: number, words: string) => ({
        column,
        columns: 1,
        rows: 1,
        blocks: [pasted('plain', words)],
      });
      const row = { head: false, cells: [cell(0, 'one'), cell(1, 'two')] };
      const { items, tablesAsLines } = $fitHere([{ columns: 2, widths: null, rows: [row, row] }]);
      expect(tablesAsLines).toBe(1);
      $insertPasted(items, drawIds());
    });
  },
  'pasting in slices': (desk, at) => {
    desk.select(desk.text, at, 8);
    let place: ReturnType<typeof $insertPasted> = null;
    desk.edit(
      desk.text,
      () => void (place = $insertPasted([pasted('plain', 'first'), pasted('plain', 'last')], drawIds())),
    );
    desk.edit(
      desk.text,
      () => void (place && $insertAfter(place, [pasted('quote', 'between'), pasted('plain', 'them')], drawIds())),
    );
  },
  'find and replace all': (desk) => {
    const changes = desk.search.getTexts().flatMap(({ key: block, text }) =>
      [...text.matchAll(/detention|the /gi)].map((found) => ({
        key: block,
        start: found.index,
        end: found.index + found[0].length,
        found: found[0],
        words: 'custody',
      })),
    );
    desk.search.replace(changes.slice(0, 40));
  },
  'the language of words': (desk, at) => {
    desk.select(desk.text, at, 3, 12);
    desk.language.set('es');
  },
  'the language of a paragraph': (desk, at) => {
    desk.select(desk.text, at, 3);
    desk.language.set('es');
  },
  'words in a note of somebody else': (desk) => {
    const index = desk.notes.read(() =>
      $getRoot()
        .getChildren()
        .findIndex((note) => note.getTextContent().includes('annual')),
    );
    desk.select(desk.notes, index, 4, 7);
    desk.edit(desk.notes, () => void desk.notes.dispatchCommand(CONTROLLED_TEXT_INSERTION_COMMAND, 'its'));
    desk.select(desk.notes, index, 2);
    desk.edit(desk.notes, () => void desk.notes.dispatchCommand(DELETE_CHARACTER_COMMAND, true));
  },
  'words across two notes': (desk) => {
    desk.select(desk.notes, 0, 2);
    desk.edit(desk.notes, () => {
      const selection = $getSelection();
      const last = $getRoot().getLastDescendant()?.getParent();
      if ($isRangeSelection(selection) && last) selection.focus.set(last.getKey(), 1, 'element');
      desk.notes.dispatchCommand(CONTROLLED_TEXT_INSERTION_COMMAND, 'both');
    });
  },
  'a reference to a note deleted': (desk) => {
    desk.edit(desk.text, () => {
      for (const block of $getRoot().getChildren())
        for (const node of 'getChildren' in block ? (block.getChildren as () => never[])() : [])
          if ($isFootnoteNode(node)) (node as never as { selectNext(): void }).selectNext();
      desk.text.dispatchCommand(DELETE_CHARACTER_COMMAND, true);
    });
  },
};

/** Closed to reviewers, or nothing to take back. */
const SILENT = new Set([
  ...['markClaim', 'unmarkClaim', 'moveSection', 'undo', 'redo', 'unmarkThread', 'images.change'],
  ...['an image: typed', 'an image: composed', 'an image: Enter'],
  'the table by its place in the text: a page pasted',
]);
const COMMANDS = Object.entries({ ...OTHERS, ...API, ...ACROSS });

describe('[SY80] every command that writes, run by a reviewer over a real document', () => {
  const genesis = realDocument();
  const startReviewer = () => {
    const reviewer = openDesk(3 * 65_536, genesis);
    reviewer.suggestions.api.setReviewer(true);
    const partner = new Y.Doc();
    for (const name of ['body', 'notes']) partner.get(name, Y.XmlElement);
    for (const name of COLLECTION_NAMES) partner.getMap(name);
    Y.applyUpdate(partner, genesis, 'genesis');
    const breaches: string[] = [];
    let name = '';
    reviewer.doc.on('update', (update: Uint8Array) => {
      if (auditReviewer(partner, () => Y.applyUpdate(partner, update, 'frame'))) breaches.push(name);
    });
    return { reviewer, breaches, begin: (next: string) => void (name = next) };
  };

  it.each(COMMANDS)('%s: no breach, and rejecting all gives the text before', (name, run) => {
    const { reviewer, breaches } = startReviewer();
    const before = rejected(reviewer);
    const random = new SeededRandom(7);
    let updates = 0;
    reviewer.doc.on('update', () => void updates++);
    for (const at of places(reviewer)) run(reviewer, at, random);
    expect(updates > 0).toBe(!SILENT.has(name));
    expect(breaches).toEqual([]);
    expect(rejected(reviewer)).toBe(before);
    expect(reviewer.failures.take()).toBe(false);
  });

  it.each([1, 2, 3])('one after the other in any order, seed %i', (seed) => {
    const { reviewer, breaches, begin } = startReviewer();
    const random = new SeededRandom(seed);
    const before = rejected(reviewer);
    for (let step = 0; step < 40; step++) {
      const [name, run] = random.pick(COMMANDS);
      begin(name);
      const at = random.pick(places(reviewer));
      run(reviewer, at, random);
      expect(`${step} ${name} ${rejected(reviewer) === before}`).toBe(`${step} ${name} true`);
    }
    expect(breaches).toEqual([]);
  });

  it.each(Object.keys(PARTED).filter((what) => what !== 'an image'))(
    '[DO70] %s: what is selected is suggested to go, cells stay, and the words stand at its start',
    (what) => {
      const { reviewer } = startReviewer();
      PARTED[what]?.(reviewer);
      const selected = reviewer.text.read(() => $getSelection()?.getNodes().filter($isTextNode).at(-1)?.getKey());
      reviewer.edit(reviewer.text, () => OVER['typed']?.(reviewer));
      const records = readCollection('suggestions', reviewer.doc.getMap('suggestions'));
      expect(records.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['replace']));
      const accepted = JSON.stringify(resolveSuggestions(takeBody(reviewer.text), records, 'accepted'));
      expect(accepted.match(/"type":"cell"/g)).toHaveLength(9);
      const gone = { 'two cells': 2, 'from a cell to behind the table': 5 }[what] ?? 9;
      expect(accepted.match(/"text":"cell /g) ?? []).toHaveLength(9 - gone);
      const state = (key: string): object =>
        reviewer.text.read(() => stateOf($getNodeByKey(key) as LexicalNode) ?? {}) as object;
      expect(Object.keys(state(selected ?? '')).some((mark) => mark.startsWith('del_'))).toBe(true);
      const behind = reviewer.text.read(() => {
        const selection = $getSelection();
        const node = $isRangeSelection(selection) ? selection.anchor.getNode() : null;
        return [node?.getTextContent(), node?.getNextSibling()?.getKey()];
      });
      expect(behind[0]).toBe('instead');
      if (what !== 'from a cell to behind the table')
        expect(Object.keys(state(behind[1] ?? '')).some((mark) => mark.startsWith('del_'))).toBe(true);
    },
  );

  it('a selection of cells without paragraphs collapses when an input method begins, and nothing is lost', () => {
    const { reviewer, breaches } = startReviewer();
    const before = rejected(reviewer);
    const at = places(reviewer)[0];
    reviewer.select(reviewer.text, at, 3);
    reviewer.edit(reviewer.text, () => {
      for (const { cells } of placesOf($layOut($table()))) for (const cell of cells) cell.clear();
    });
    breaches.length = 0;
    const emptied = rejected(reviewer);
    expect(emptied).not.toBe(before);
    reviewer.edit(reviewer.text, () => {
      const selection = $getSelection();
      const [cell] = placesOf($layOut($table()))[0]?.cells ?? [];
      if ($isRangeSelection(selection) && cell) selection.anchor.set(cell.getKey(), 0, 'element');
      OVER['typed']?.(reviewer);
      OVER['composed']?.(reviewer);
    });
    expect(breaches).toEqual([]);
    expect(rejected(reviewer)).toBe(emptied);
  });

  it('neither answers nor writes by itself', () => {
    const { reviewer } = startReviewer();
    expect(reviewer.suggestions.api.isReviewer()).toBe(true);
    reviewer.suggestions.api.setSuggesting(false);
    expect(reviewer.suggestions.api.isSuggesting()).toBe(true);
    expect(reviewer.suggestions.api.answer('accepted', ['x'])).toBe(0);
  });
});
