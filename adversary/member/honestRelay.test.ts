import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadCiphers } from '../../electron/services/sync/sodium.ts';
import { createRelay, type Relay } from '../../relay/Relay.ts';
import { createRoot } from '../../shared/crypto/room.ts';
import { encodeUpdateContent } from '../../shared/sync/content.ts';
import { KIND } from '../../shared/sync/Frame.ts';
import { encodeAdmission, encodeGrant, encodeInvitation, encodeRevocation } from '../../shared/sync/records.ts';
import { createOwnedRoom, DeviceChain, type OwnedRoom } from '../DeviceChain.ts';
import { RawDevice } from '../RawDevice.ts';
import { typed } from './evilUpdates.ts';
import { EVIL, EVIL_CLIENT } from './testMeeting.ts';

describe('an honest relay before the same member', () => {
  let honest: Relay;
  let line: RawDevice;
  let folder: string;
  let room: OwnedRoom;
  let evil: DeviceChain;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alegato-member-'));
    honest = await createRelay({ host: '127.0.0.1', port: 0, dataDir: folder });
    room = createOwnedRoom(await loadCiphers());
    new DeviceChain(room, 1);
    evil = new DeviceChain(room, EVIL, { role: 'reader' });
    line = new RawDevice(honest.url);
    await line.enter(evil);
  });
  afterEach(async () => {
    await line.close();
    await honest.close();
    await rm(folder, { recursive: true });
  });

  it('[SY22] takes nothing of it that is wrong, and says why', async () => {
    const { ciphers } = room;
    const other = createRoot(ciphers).room.roomIdBytes;
    const content = encodeUpdateContent({ heads: new Map(), update: typed(EVIL_CLIENT, 'x') });
    const key = ciphers.signPair(ciphers.randomBytes(32)).secretKey;
    const clear = new Uint8Array(32);
    const epochs = { ids: [], box: new Uint8Array(48) };
    const invited = { key: clear, role: 'owner', organization: 5, device: 77 } as const;
    const revoked = { device: 1, counter: 1, hash: clear, epochId: new Uint8Array(16), boxes: new Map() };
    const admitted = {
      device: 77,
      deviceKey: clear,
      boxKey: clear,
      organization: 5,
      signature: new Uint8Array(64),
      epochs,
    };
    const cases: [Uint8Array, string][] = [
      [evil.build({ content }), 'role-forbids'],
      [
        evil.build({ kind: KIND.invitation, clear: encodeInvitation({ ...invited, expires: 4_000_000_000 }) }),
        'role-forbids',
      ],
      [evil.build({ kind: KIND.revocation, clear: encodeRevocation(revoked) }), 'role-forbids'],
      [evil.build({ kind: KIND.grant, clear: encodeGrant({ device: 1, epochs }) }), 'role-forbids'],
      [
        evil.build({ kind: KIND.admission, clear: encodeAdmission({ ...admitted, role: 'owner', invitation: null }) }),
        'role-forbids',
      ],
      [evil.build({ kind: KIND.countersignature, clear, secretKey: key }), 'bad-signature'],
      [evil.build({ kind: KIND.countersignature, clear, device: 1 }), 'bad-signature'],
      [evil.build({ kind: KIND.countersignature, clear, device: 4_000 }), 'not-admitted'],
      [evil.build({ kind: KIND.countersignature, clear: new Uint8Array(7) }), 'bad-record'],
      [evil.build({ kind: KIND.countersignature, clear, roomId: other }), 'frame-room'],
      [evil.build({ kind: KIND.presence, content: new Uint8Array(3) }), 'frame-kind'],
      [new Uint8Array(10), 'frame-size'],
    ];
    const answers: string[] = [];
    for (const [frame] of cases) answers.push(await line.post(frame));
    expect(answers).toEqual(cases.map(([, code]) => code));
  });
});
