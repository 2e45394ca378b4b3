import type { Stage } from './Stage.ts';
import type { ClientSpec } from './SyncClient.ts';
import type { SyncSystem } from './SyncSystem.ts';

/** Bytes of TCP, WebSocket framing included, per 1,000 typed characters. */
export interface TrafficFigures {
  authorSentBytes: number;
  /** What the author receives while typing: acknowledgements, echoes, presence. */
  authorReceivedBytes: number;
  partnerSentBytes: number;
  partnerReceivedBytes: number;
  totalBytes: number;
}

export type TrafficMode = 'normal' | 'careful';

const SETTLE_MS = 1_500;

/**
 * One person types at a person's pace while a partner looks on. Normal: as the systems are set up, text alone.
 * Careful: nothing is coalesced and the cursor is shown after every character.
 */
export async function measureTraffic(
  stage: Stage,
  system: SyncSystem,
  options: { mode: TrafficMode; characters: number; paceMs: number },
): Promise<TrafficFigures> {
  const { mode, characters, paceMs } = options;
  return stage.play(system, async ({ server, load }) => {
    const author = await load('author');
    const partner = await load('partner');
    const room = await system.createRoom(2);
    const spec = (id: string, device: number, folder: string): ClientSpec => ({
      id,
      system: system.name,
      url: server.url,
      room,
      device,
      coalesce: mode === 'normal',
      compacts: true,
      folder,
    });
    await author.call('open', { clients: [spec('author', 1, author.folder)], state: true });
    await partner.call('open', { clients: [spec('partner', 2, partner.folder)], state: true });
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    const before = [await author.call('traffic', null), await partner.call('traffic', null)];
    await author.call('typeMarks', {
      authors: [{ id: 'author', firstMark: null }],
      edits: characters,
      paceMs,
      showCursor: mode === 'careful',
    });
    await partner.call('reach', { id: 'partner', length: characters });
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    const after = [await author.call('traffic', null), await partner.call('traffic', null)];
    const difference = (who: 0 | 1, way: 'sentBytes' | 'receivedBytes'): number =>
      (1_000 * ((after[who]?.[way] ?? 0) - (before[who]?.[way] ?? 0))) / characters;
    const authorSentBytes = difference(0, 'sentBytes');
    const authorReceivedBytes = difference(0, 'receivedBytes');
    const partnerSentBytes = difference(1, 'sentBytes');
    const partnerReceivedBytes = difference(1, 'receivedBytes');
    return {
      authorSentBytes,
      authorReceivedBytes,
      partnerSentBytes,
      partnerReceivedBytes,
      totalBytes: authorSentBytes + authorReceivedBytes + partnerSentBytes + partnerReceivedBytes,
    };
  });
}
