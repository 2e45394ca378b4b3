import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseRelayMessage } from '../../../shared/sync/RelayMessage.ts';
import { type AskState, askToJoin } from './askToJoin.ts';
import {
  closeEverything,
  createPeer,
  createTestRoom,
  startRelay,
  type TestPeer,
  type TestRelay,
  type TestRoom,
  until,
} from './testRoom.ts';

let relay: TestRelay;
let room: TestRoom;
let owner: TestPeer;
let editor: TestPeer;

beforeEach(async () => {
  relay = await startRelay();
  room = await createTestRoom(relay);
  owner = await createPeer(room, 1);
  editor = await createPeer(room, 2);
  await online(owner, editor);
  owner.type(0, 'Base. ');
  await settled(owner, editor);
});
afterEach(closeEverything);

const FAR = 4_000_000_000;
const JOINER = 500;
/** As `createPeer` makes it of a number. */
const SEED = Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? JOINER & 255 : i === 1 ? JOINER >> 8 : 7));

async function online(...peers: TestPeer[]): Promise<void> {
  for (const { session } of peers) session.connect();
  await until(() => peers.every(({ session }) => session.status.relay === 'online'));
}
async function settled(...peers: TestPeer[]): Promise<void> {
  await until(() => peers.every((peer) => peer.text() === peers[0]?.text() && peer.session.status.unsentFrames === 0));
}
async function invite(label = ''): Promise<{ seed: Uint8Array; id: string }> {
  const made = await owner.session.gatekeeper.invite({ role: 'editor', organization: 5, expires: FAR, label });
  if (!made.ok) throw new Error(made.error.code);
  return made.value;
}
function ask(seed: Uint8Array): { states: AskState[]; answer: ReturnType<typeof askToJoin> } {
  const states: AskState[] = [];
  const link = { relayUrl: relay.url, roomPublicKey: room.root.room.publicKey, seed };
  const { ciphers } = room;
  const { signal } = new AbortController();
  const answer = askToJoin({ ciphers, link, deviceSeed: SEED, onState: (state) => states.push(state), signal });
  return { states, answer };
}
const isWithdrawn = (peer: TestPeer, id: string): boolean => peer.session.view.invitations.get(id)?.withdrawn === true;

describe('an invitation is withdrawn', () => {
  it('[SY82] [SY58] whoever waits is told and goes, and so is whoever comes later', async () => {
    const { seed, id } = await invite();
    await until(() => editor.session.view.invitations.has(id));
    for (const peer of [owner, editor]) peer.session.disconnect();
    const waiting = ask(seed);
    await until(() => waiting.states.includes('nobody-online'));
    expect(await owner.session.gatekeeper.withdraw(id)).toEqual({ ok: true, value: null });
    await online(owner); // the editor, who knows nothing of it, would let the computer in
    expect(await waiting.answer).toMatchObject({ ok: false, error: { code: 'link-withdrawn' } });
    expect(await ask(seed).answer).toMatchObject({ ok: false, error: { code: 'link-withdrawn' } });
    await online(editor);
    await until(() => isWithdrawn(editor, id));
    const records = owner.session.view.boxed.length;
    expect(await owner.session.gatekeeper.withdraw(id)).toEqual({ ok: true, value: null });
    expect(owner.session.view.boxed.length).toBe(records);
    expect([...owner.session.view.devices.keys()].sort()).toEqual([1, 2]);
  });

  it('[SY82] by its owners alone, and only while nobody has come in with it', async () => {
    const { seed, id } = await invite();
    await until(() => editor.session.view.invitations.has(id));
    const { gatekeeper } = owner.session;
    expect(editor.session.gatekeeper.mayWithdraw(id)).toBe(false);
    expect(await editor.session.gatekeeper.withdraw(id)).toMatchObject({ error: { code: 'role-forbids' } });
    expect(await gatekeeper.withdraw('00'.repeat(32))).toMatchObject({ error: { code: 'invitation-unknown' } });
    expect(gatekeeper.mayWithdraw(id)).toBe(true);
    expect((await ask(seed).answer).ok).toBe(true);
    await until(() => owner.session.view.devices.size === 3);
    expect(gatekeeper.mayWithdraw(id)).toBe(false);
    expect(await gatekeeper.withdraw(id)).toMatchObject({ error: { code: 'invitation-in-use' } });
  });

  it('[SY82] [SY47] [SY55] while a computer comes in with it elsewhere: it is out everywhere, told, and its keys are not used again', async () => {
    const { seed, id } = await invite();
    await until(() => editor.session.view.invitations.has(id));
    owner.session.disconnect();
    const admitted = await ask(seed).answer; // by the editor, who knows of no withdrawal
    if (!admitted.ok) throw new Error(admitted.error.code);
    const { device } = admitted.value;
    room.admitted.add(device);
    const joiner = await createPeer(room, device, { seed: JOINER });
    await online(joiner);
    await settled(editor, joiner);
    joiner.type(0, 'From the wrong address. ');
    await settled(editor, joiner);
    expect(await owner.session.gatekeeper.withdraw(id)).toMatchObject({ ok: true });
    owner.type(0, 'Owner. ');
    await online(owner);
    await until(() => joiner.session.status.relay === 'refused' && editor.rebuilds() > 0);
    expect(joiner.session.status).toMatchObject({ removed: true, relayReason: 'device-removed' });
    const rebuilt = await editor.reopen();
    await online(rebuilt);
    await until(() => owner.session.view.sealUnder !== room.epoch.name && owner.session.view.sealUnder !== null);
    rebuilt.type(0, 'Editor. ');
    await settled(owner, rebuilt);
    expect(owner.text()).toContain('Editor. ');
    expect(owner.text()).toContain('Owner. ');
    expect(owner.text()).not.toContain('wrong address');
    expect(joiner.text()).not.toContain('Editor. ');
    expect(owner.notices).toContainEqual({ code: 'member-removed' });
    expect(owner.session.view.devices.get(device)?.limit?.counter).toBe(0);
    for (const peer of [owner, rebuilt]) expect(peer.session.status.missing).toEqual([]);
  });
});

describe('the label of an invitation', () => {
  it('[SY83] is read by the other owner and by nobody on the way', async () => {
    const second = await createPeer(room, 3, { role: 'owner' });
    await online(second);
    const label = 'Ana Guadalupe of the clinic';
    const { id } = await invite(label);
    await until(() => second.session.view.invitations.has(id));
    const found = second.session.view.invitations.get(id);
    expect(found && second.session.gatekeeper.labelOf(found)).toBe(label);
    expect(relay.messages().some((bytes) => parseRelayMessage(bytes).ok)).toBe(true);
    expect(relay.recorded().includes(Buffer.from('Guadalupe'))).toBe(false);
  });
});
