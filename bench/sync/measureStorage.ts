import { folderSize } from './folderSize.ts';
import type { Stage } from './Stage.ts';
import type { ClientSpec } from './SyncClient.ts';
import type { SyncSystem } from './SyncSystem.ts';

export interface StorageFigures {
  edits: number;
  characters: number;
  /** The document as one Yjs update, deletions included, after each twentieth. */
  documentBytes: number[];
  /** What the server keeps on disk after each twentieth of the edits. */
  serverBytes: number[];
  /** The same of the two people's computers together. */
  peopleBytes: number[];
  /** Time to write it. */
  writeMs: number;
}

const PARTS = 20;
const WINDOW_CHARACTERS = 20_000;
const WRITE_LIMIT_MS = 1_200_000;

/** One room over many edits of one character, with sessions that do what they do by themselves to keep it small. */
export async function measureStorage(
  stage: Stage,
  system: SyncSystem,
  options: { edits: number },
): Promise<StorageFigures> {
  return stage.play(system, async ({ server, load }) => {
    const people = await load('people');
    const room = await system.createRoom(2);
    const clients = ['writer', 'partner'].map(
      (id, index): ClientSpec => ({
        id,
        system: system.name,
        url: server.url,
        room,
        device: index + 1,
        coalesce: true,
        compacts: true,
        folder: people.folder,
      }),
    );
    await people.call('open', { clients, state: true });
    const figures: StorageFigures = {
      edits: options.edits,
      characters: 0,
      documentBytes: [],
      serverBytes: [],
      peopleBytes: [],
      writeMs: 0,
    };
    for (let part = 1; part <= PARTS; part += 1) {
      const written = await people.call(
        'write',
        {
          writer: 'writer',
          observer: 'partner',
          edits: Math.round(options.edits / PARTS),
          seed: part,
          windowCharacters: WINDOW_CHARACTERS,
          characters: true,
        },
        WRITE_LIMIT_MS,
      );
      figures.writeMs += written.ms;
      figures.characters = written.characters;
      figures.documentBytes.push(written.documentBytes);
      figures.serverBytes.push(await folderSize(server.folder));
      figures.peopleBytes.push(await folderSize(people.folder));
    }
    return figures;
  });
}
