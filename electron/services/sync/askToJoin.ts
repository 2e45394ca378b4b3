import { WebSocket } from 'ws';
import { equalBytes } from '../../../shared/crypto/bytes.ts';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import type { InvitationLink } from '../../../shared/crypto/invitation.ts';
import { deriveDevice, roomOf } from '../../../shared/crypto/room.ts';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import { KIND, parseFrame } from '../../../shared/sync/Frame.ts';
import { requestStatement } from '../../../shared/sync/hello.ts';
import { LIMITS } from '../../../shared/sync/limits.ts';
import { encodeDeviceMessage, parseRelayMessage } from '../../../shared/sync/RelayMessage.ts';
import { type Admission, parseRecord } from '../../../shared/sync/records.ts';
import type { RelayLinkOptions } from './RelayLink.ts';

export type AskState = 'connecting' | 'waiting' | 'nobody-online' | 'invitation-unknown' | 'relay-away';
export type AskRefusal = { code: 'link-used' | 'link-expired' | 'link-withdrawn' | 'relay-refused' | 'relay-quota' };

export interface AskOptions {
  ciphers: Ciphers;
  link: InvitationLink;
  /** 32 bytes; kept by the caller over restarts, so that one device asks, however often. */
  deviceSeed: Uint8Array;
  onState(state: AskState): void;
  /** Ends the asking; the promise then never settles. */
  signal: AbortSignal;
  retryMs?: number;
  /** Makes sockets; tests put faults into them. */
  createSocket?: RelayLinkOptions['createSocket'];
}

const ASK_STATES: ReadonlySet<string> = new Set(['waiting', 'nobody-online', 'invitation-unknown']);
const PING_MS = 5_000;
const SILENCE_MS = 20_000;

/**
 * [SY58] Asks under an invitation until a device of the room lets this one in. What the admission claims is checked against
 * the room's root once the records are here, by the ledger; until then nothing is believed but the own key in it.
 */
export function askToJoin(options: AskOptions): Promise<Result<Admission, AskRefusal>> {
  return new Promise((resolve) => {
    const { signal, onState, retryMs = 5_000 } = options;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stop: () => void = () => {};
    let state: AskState = 'connecting';
    const tell = (next: AskState): void => {
      state = next;
      onState(next);
    };
    const tryOnce = (): void => {
      if (state !== 'invitation-unknown') tell('connecting');
      stop = askOnce(
        { ...options, onState: tell },
        {
          done(result) {
            resolve(result);
          },
          lost() {
            if (signal.aborted) return;
            if (state !== 'invitation-unknown') tell('relay-away');
            timer = setTimeout(tryOnce, retryMs);
          },
        },
      );
    };
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      stop();
    });
    if (!signal.aborted) tryOnce();
  });
}

/** One connection. Gives the function that ends it. */
function askOnce(
  { ciphers, link, deviceSeed, onState, createSocket }: AskOptions,
  end: { done(result: Result<Admission, AskRefusal>): void; lost(): void },
): () => void {
  const room = roomOf(ciphers, link.roomPublicKey);
  const keys = deriveDevice(ciphers, deviceSeed);
  const create = createSocket ?? ((url, how) => new WebSocket(url, how));
  const socket = create(link.relayUrl, {
    perMessageDeflate: false,
    maxPayload: LIMITS.message,
    handshakeTimeout: 10_000,
    followRedirects: false,
  });
  let over = false;
  let refusal = '';
  let silence: ReturnType<typeof setTimeout> | undefined;
  const finish = (report: () => void): void => {
    if (over) return;
    over = true;
    clearInterval(ping);
    clearTimeout(silence);
    socket.terminate();
    report();
  };
  const heard = (): void => {
    clearTimeout(silence);
    silence = setTimeout(() => finish(end.lost), SILENCE_MS);
  };
  const ping = setInterval(() => {
    if (socket.readyState === WebSocket.OPEN) socket.send(encodeDeviceMessage({ type: 'ping', token: 0 }));
  }, PING_MS);
  heard();
  socket.on('error', () => finish(end.lost));
  socket.on('close', (code) =>
    finish(() => {
      const final = finalRefusal(refusal);
      if (final && code >= 4_400 && code < 4_500) end.done(fail({ code: final }));
      else end.lost();
    }),
  );
  socket.on('message', (data: Buffer) => {
    heard();
    const parsed = parseRelayMessage(new Uint8Array(data));
    if (!parsed.ok) return finish(end.lost);
    const message = parsed.value;
    if (message.type === 'challenge') {
      const invitation = ciphers.signPair(link.seed);
      const deviceKey = keys.sign.publicKey;
      const boxKey = keys.box.publicKey;
      const signature = ciphers.sign(invitation.secretKey, requestStatement(room.roomIdBytes, deviceKey, boxKey));
      const invitationKey = invitation.publicKey;
      const roomPublicKey = link.roomPublicKey;
      socket.send(encodeDeviceMessage({ type: 'ask', roomPublicKey, invitationKey, deviceKey, boxKey, signature }));
    } else if (message.type === 'asked' && ASK_STATES.has(message.code)) onState(message.code as AskState);
    else if (message.type === 'asked' && message.code === 'invitation-withdrawn')
      finish(() => end.done(fail({ code: 'link-withdrawn' })));
    else if (message.type === 'refused') refusal = message.code;
    else if (message.type === 'admitted') {
      const admission = readAdmission(message.frame, room.roomIdBytes);
      if (admission && equalBytes(admission.deviceKey, keys.sign.publicKey)) finish(() => end.done(ok(admission)));
    }
  });
  return () => finish(() => {});
}

function readAdmission(bytes: Uint8Array, roomIdBytes: Uint8Array): Admission | null {
  const parsed = parseFrame(bytes);
  if (!parsed.ok || parsed.value.kind !== KIND.admission || !equalBytes(parsed.value.roomId, roomIdBytes)) return null;
  const record = parseRecord(parsed.value.kind, parsed.value.body);
  return record?.kind === KIND.admission ? record.admission : null;
}

function finalRefusal(code: string): AskRefusal['code'] | null {
  if (code === 'link-used' || code === 'link-expired' || code === 'relay-quota') return code;
  return code === '' ? null : 'relay-refused';
}
