import { hex } from '../shared/crypto/bytes.ts';
import type { Ciphers } from '../shared/crypto/Ciphers.ts';
import { KIND } from '../shared/sync/Frame.ts';
import { requestStatement } from '../shared/sync/hello.ts';
import type { JoinRequest } from '../shared/sync/RelayMessage.ts';
import type { RosterView } from '../shared/sync/Roster.ts';

/** What somebody who asks is told. */
export type AskAnswer = 'waiting' | 'nobody-online' | 'invitation-unknown' | 'invitation-withdrawn';
/** A connection that asks to be let in. */
export interface Asker {
  readonly request: JoinRequest;
  answer(code: AskAnswer): void;
  admitted(frame: Uint8Array): void;
}
/** A connected device that may admit. */
export interface Admitter {
  readonly device: number;
  ask(request: JoinRequest): void;
}

const MAX_OF_INVITATION = 4;
const MAX_OF_ROOM = 64;
const NEXT_AFTER_MS = 3_000;

/** [SY58] Those who wait to be let in, and whom to ask for it next. */
export class AskDesk {
  readonly #ciphers: Ciphers;
  readonly #roomIdBytes: Uint8Array;
  readonly #waiting = new Map<
    Asker,
    { asked: Set<number>; told: string; timer: ReturnType<typeof setTimeout> | null }
  >();

  constructor(ciphers: Ciphers, roomIdBytes: Uint8Array) {
    this.#ciphers = ciphers;
    this.#roomIdBytes = roomIdBytes;
  }

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  /** False when its signature is wrong or too many wait already. */
  add(asker: Asker): boolean {
    const { invitationKey, deviceKey, boxKey, signature } = asker.request;
    const same = [...this.#waiting.keys()].filter(
      ({ request }) => hex(request.invitationKey) === hex(invitationKey),
    ).length;
    if (same >= MAX_OF_INVITATION || this.#waiting.size >= MAX_OF_ROOM) return false;
    if (!this.#ciphers.verify(invitationKey, requestStatement(this.#roomIdBytes, deviceKey, boxKey), signature))
      return false;
    this.#waiting.set(asker, { asked: new Set(), told: '', timer: null });
    return true;
  }

  remove(asker: Asker): void {
    const entry = this.#waiting.get(asker);
    if (entry?.timer) clearTimeout(entry.timer);
    this.#waiting.delete(asker);
  }

  /** Passes every request on that nobody is asked about at the moment. */
  pass(view: RosterView, admitters: () => readonly Admitter[]): void {
    for (const [asker, entry] of this.#waiting) {
      const issuer = issuerOf(view, asker.request.invitationKey);
      if (entry.timer && !issuer?.withdrawn) continue;
      const tell = (code: AskAnswer): void => {
        if (entry.told !== code) asker.answer(code);
        entry.told = code;
      };
      if (!issuer) {
        tell('invitation-unknown');
        continue;
      }
      if (issuer.withdrawn) {
        tell('invitation-withdrawn');
        continue;
      }
      const able = admitters().filter(({ device }) => issuer.role !== 'owner' || device === issuer.author);
      const fresh = able.filter(({ device }) => !entry.asked.has(device));
      const next = fresh.find(({ device }) => device === issuer.author) ?? fresh[0];
      if (!next) {
        tell(able.length === 0 ? 'nobody-online' : 'waiting');
        if (able.length === 0) continue;
        entry.asked.clear(); // begin again with the first
      } else {
        tell('waiting');
        entry.asked.add(next.device);
        next.ask(asker.request);
      }
      entry.timer = setTimeout(() => {
        entry.timer = null;
        this.pass(view, admitters);
      }, NEXT_AFTER_MS);
    }
  }

  /** A device key was admitted. */
  admit(deviceKey: Uint8Array, frame: Uint8Array): void {
    const name = hex(deviceKey);
    for (const asker of [...this.#waiting.keys()]) {
      if (hex(asker.request.deviceKey) !== name) continue;
      this.remove(asker);
      asker.admitted(frame);
    }
  }

  close(): void {
    for (const asker of [...this.#waiting.keys()]) this.remove(asker);
  }
}

function issuerOf(
  view: RosterView,
  invitationKey: Uint8Array,
): { author: number; role: string; withdrawn: boolean } | null {
  const key = hex(invitationKey);
  for (const { record, withdrawn } of view.invitations.values()) {
    if (record.body.kind === KIND.invitation && hex(record.body.invitation.key) === key)
      return { author: record.device, role: record.body.invitation.role, withdrawn };
  }
  return null;
}
