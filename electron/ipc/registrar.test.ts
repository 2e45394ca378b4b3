import { describe, expect, it } from 'vitest';
import { ok } from '../../shared/domain/result.ts';
import { CHANNELS } from '../../shared/ipc/contract.ts';
import { CHANNEL_NAMES } from './handlers.ts';
import { RedactedLog } from './RedactedLog.ts';
import { answerCall, type Handlers } from './registrar.ts';
import { sizeOfPayload } from './sizeOfPayload.ts';

const ID = 'abcdefghijklmnop';
const TRUSTED = { trusted: true, windowId: 1 };

function make(overrides: Partial<Handlers>) {
  const lines: string[] = [];
  const log = new RedactedLog((line) => lines.push(line));
  const call = (channel: keyof typeof CHANNELS, payload: unknown, caller = TRUSTED) =>
    answerCall(channel, payload, caller, overrides as Handlers, log);
  return { call, lines };
}

describe('answerCall', () => {
  it('hands a parsed request to the handler and its answer back', async () => {
    const { call } = make({
      'complaint/flush': async ({ complaintId }) =>
        complaintId === ID ? ok(undefined) : { ok: false, error: { code: 'unexpected' } },
    });
    expect(await call('complaint/flush', { complaintId: ID })).toEqual({ ok: true, value: undefined });
  });

  it('refuses another sender, a wrong shape, an extra-large and a too deep payload, without calling the handler', async () => {
    let called = 0;
    const { call, lines } = make({
      'complaint/flush': async () => {
        called += 1;
        return ok(undefined);
      },
    });
    const refused = { ok: false, error: { code: 'payload-refused' } };
    expect(await call('complaint/flush', { complaintId: ID }, { trusted: false, windowId: 1 })).toEqual(refused);
    for (const payload of [undefined, null, 7, 'x', [], {}, { complaintId: '../etc' }, { complaintId: `${ID}\n` }]) {
      expect(await call('complaint/flush', payload)).toEqual(refused);
    }
    expect(await call('complaint/flush', { complaintId: ID, more: 'x'.repeat(300_000) })).toEqual(refused);
    let deep: unknown = 1;
    for (let i = 0; i < 200; i += 1) deep = [deep];
    expect(await call('complaint/flush', { complaintId: ID, deep })).toEqual(refused);
    expect(called).toBe(0);
    expect(lines.join('\n')).not.toContain('etc');
  });

  it('lets a part of a file of 1 MB through and none of 2', async () => {
    const { call } = make({ 'exhibits/put-part': async () => ok(undefined) });
    const request = (sizeBytes: number) => ({
      complaintId: ID,
      stagingId: ID,
      sizeBytes: 40 * 1024 * 1024,
      offset: 0,
      bytes: new Uint8Array(sizeBytes),
    });
    expect(await call('exhibits/put-part', request(1024 * 1024))).toEqual(ok(undefined));
    expect(await call('exhibits/put-part', request(2 * 1024 * 1024))).toEqual({
      ok: false,
      error: { code: 'payload-refused' },
    });
  });

  it('turns what a handler throws into a notice: known ones by name, others with a short code and no message', async () => {
    const { call, lines } = make({
      'library/list': async () => {
        throw Object.assign(new Error('/home/ana/quejas'), { code: 'ENOSPC' });
      },
      'settings/read': async () => {
        throw new TypeError('Mauricio Hernández');
      },
    });
    expect(await call('library/list', undefined)).toEqual({ ok: false, error: { code: 'disk-full' } });
    const unexpected = await call('settings/read', undefined);
    expect(unexpected).toMatchObject({
      ok: false,
      error: { code: 'unexpected', params: { code: expect.stringMatching(/^[0-9a-f]{6}$/) } },
    });
    expect(lines.join('\n')).not.toMatch(/ana|quejas|Mauricio|Hern/);
    expect(lines.join('\n')).toContain(String(!unexpected.ok && unexpected.error.params?.['code']));
  });

  it('knows every channel of the contract', () => {
    expect([...CHANNEL_NAMES].sort()).toEqual(Object.keys(CHANNELS).sort());
  });
});

describe('sizeOfPayload', () => {
  it('counts bytes and characters, and does not loop', () => {
    expect(sizeOfPayload(new Uint8Array(1_000))).toBe(1_000);
    expect(sizeOfPayload({ a: 'xyz' })).toBeGreaterThanOrEqual(6);
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    expect(sizeOfPayload(loop)).toBeLessThan(100);
  });
});

describe('RedactedLog', () => {
  it('lets code words, counts and short ids through and nothing else', () => {
    const lines: string[] = [];
    const log = new RedactedLog((line) => lines.push(line));
    log.write('frame-refused', { device: 7, complaint: ID, fork: true, blob: 'a'.repeat(64) });
    expect(lines[0]).toBe('frame-refused device=7 complaint=abcdef… fork=true blob=aaaaaa…');
    log.write('Título de la queja', {
      name: 'Óscar Ramírez',
      path: '/home/ana/x.pdf',
      link: 'alegato://join#AAAA',
      empty: null,
    });
    expect(lines[1]).toBe('[redacted] name=[redacted] path=[redacted] link=[redacted] empty=none');
  });

  it('tells of an exception its class and place only', () => {
    const lines: string[] = [];
    new RedactedLog((line) => lines.push(line)).writeError(
      'failed',
      Object.assign(new RangeError('secret words'), { code: 'EIO' }),
    );
    expect(lines[0]).toMatch(/^failed error=rangeerror errno=eio at=\S+$/);
    expect(lines[0]).not.toContain('secret');
  });
});
