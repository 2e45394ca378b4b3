import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Ciphers } from '../../../shared/crypto/Ciphers.ts';
import { type InvitationLink, parseInvitation } from '../../../shared/crypto/invitation.ts';
import { isId, newId } from '../../../shared/domain/ids.ts';
import { ok, type Result } from '../../../shared/domain/result.ts';
import type { Events, Notice, WaitingJoin } from '../../../shared/ipc/contract.ts';
import type { Admission } from '../../../shared/sync/records.ts';
import { atomicWrite } from '../storage/atomicWrite.ts';
import { randomBytes, type Sealer } from '../storage/Sealer.ts';
import { askToJoin } from '../sync/askToJoin.ts';

export interface FinishedJoin {
  link: InvitationLink;
  deviceSeed: Uint8Array;
  organizationName: string;
  admission: Admission;
}
export interface JoinsOptions {
  /** Folder of the sealed files, one a waiting invitation. */
  path: string;
  sealer: Sealer;
  ciphers: Ciphers;
  /** Makes the complaint; gives its id. */
  finish(join: FinishedJoin): Promise<Result<string, Notice>>;
  onChange(event: Events['joins/changed']): void;
}

const storedSchema = z.object({
  link: z.string(),
  organizationName: z.string(),
  deviceSeed: z.string(),
  sinceMs: z.number(),
});
type StoredJoin = z.infer<typeof storedSchema>;
interface Running {
  stored: StoredJoin;
  state: WaitingJoin['state'];
  reason: string;
  relayUrl: string;
  abort: AbortController;
  /** Settles when it joined or was refused. */
  outcome: Promise<Result<{ joined: string }, Notice>>;
}

/** Invitations that wait for a computer of the coalition. The device key is made once and kept, so that one device asks. */
export class Joins {
  readonly #options: JoinsOptions;
  readonly #running = new Map<string, Running>();

  constructor(options: JoinsOptions) {
    this.#options = options;
  }

  /** Goes on with those of the last start. A file that does not open is left where it is. */
  async resume(): Promise<void> {
    const { path, sealer } = this.#options;
    await mkdir(path, { recursive: true, mode: 0o700 });
    for (const id of (await readdir(path)).filter(isId)) {
      const plain = sealer.open(await readFile(join(path, id)), id);
      const parsed = plain ? storedSchema.safeParse(JSON.parse(new TextDecoder().decode(plain))) : null;
      if (parsed?.success) this.#start(id, parsed.data);
    }
  }

  /** Begins to ask; the link has been parsed by the caller. Gives the id. */
  async begin(link: string, organizationName: string): Promise<string> {
    for (const [id, { stored }] of this.#running) if (stored.link === link) return id;
    const id = newId(randomBytes);
    const deviceSeed = Buffer.from(randomBytes(32)).toString('base64');
    const stored: StoredJoin = { link, organizationName, deviceSeed, sinceMs: Date.now() };
    const { path, sealer } = this.#options;
    await atomicWrite(join(path, id), sealer.seal(new TextEncoder().encode(JSON.stringify(stored)), id));
    this.#start(id, stored);
    return id;
  }

  /** Waits up to `limitMs`. A refusal ends the asking and is forgotten once it was told here. */
  async settle(id: string, limitMs: number): Promise<Result<{ joined: string | null }, Notice>> {
    const running = this.#running.get(id);
    if (!running) return ok({ joined: null });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), limitMs);
    });
    const outcome = await Promise.race([running.outcome, late]);
    clearTimeout(timer);
    if (outcome && !outcome.ok) await this.cancel(id);
    return outcome ?? ok({ joined: null });
  }

  list(): WaitingJoin[] {
    return [...this.#running.keys()].map((id) => this.read(id)).sort((a, b) => a.sinceMs - b.sinceMs);
  }

  read(id: string): WaitingJoin {
    const running = this.#running.get(id);
    if (!running) throw new Error('no such join');
    const { stored, state, reason, relayUrl } = running;
    return { id, organizationName: stored.organizationName, relayUrl, state, reason, sinceMs: stored.sinceMs };
  }

  async cancel(id: string): Promise<void> {
    this.#running.get(id)?.abort.abort();
    this.#running.delete(id);
    await rm(join(this.#options.path, id), { force: true });
    this.#options.onChange({ joinId: id, joined: null });
  }

  /** The program ends; the files stay. */
  stop(): void {
    for (const { abort } of this.#running.values()) abort.abort();
  }

  #start(id: string, stored: StoredJoin): void {
    const link = parseInvitation(stored.link);
    if (!link.ok) return;
    const abort = new AbortController();
    const running: Running = {
      stored,
      state: 'connecting',
      reason: '',
      relayUrl: link.value.relayUrl,
      abort,
      outcome: this.#ask(id, stored, link.value, abort.signal),
    };
    this.#running.set(id, running);
    // told through the state of the join; whoever waits for it has the failure too
    running.outcome.catch(() => this.#refused(id, 'unexpected'));
  }

  async #ask(
    id: string,
    stored: StoredJoin,
    link: InvitationLink,
    signal: AbortSignal,
  ): Promise<Result<{ joined: string }, Notice>> {
    const deviceSeed = new Uint8Array(Buffer.from(stored.deviceSeed, 'base64'));
    const { ciphers, path, finish, onChange } = this.#options;
    const admitted = await askToJoin({
      ciphers,
      link,
      deviceSeed,
      signal,
      onState: (state) => {
        const running = this.#running.get(id);
        if (!running || running.state === state) return;
        running.state = state;
        onChange({ joinId: id, joined: null });
      },
    });
    const joined = admitted.ok
      ? await finish({ link, deviceSeed, organizationName: stored.organizationName, admission: admitted.value })
      : admitted;
    if (!joined.ok) {
      this.#refused(id, joined.error.code);
      return joined;
    }
    await rm(join(path, id), { force: true });
    this.#running.delete(id);
    onChange({ joinId: id, joined: joined.value });
    return ok({ joined: joined.value });
  }

  #refused(id: string, reason: string): void {
    const running = this.#running.get(id);
    if (!running) return;
    running.state = 'refused';
    running.reason = reason;
    this.#options.onChange({ joinId: id, joined: null });
  }
}
