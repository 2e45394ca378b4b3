import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { newId } from '../../../shared/domain/ids.ts';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import type { Notice } from '../../../shared/ipc/contract.ts';
import {
  MAX_VERSION_BYTES,
  type StoredVersion,
  storedVersionSchema,
  type VersionFacts,
} from '../../../shared/ipc/versions.ts';
import { type ComplaintStore, DamagedRecord, type StoreWrite } from '../storage/ComplaintStore.ts';
import { randomBytes } from '../storage/Sealer.ts';
import { chooseThinned } from './chooseThinned.ts';

const FACTS = 'versions/facts/';
const STATE = 'versions/state/';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/**
 * States of one complaint in its sealed store: each is a record of facts and a compressed state, written in one batch
 * together with the removal of what is thinned out, so that none is ever half there. Backups hold them with all else.
 */
export class Versions {
  readonly #store: ComplaintStore;
  readonly #nowMs: () => number;
  /** The write under way: the next one waits for its end, its failure is told to whoever asked for it. */
  #writing: Promise<unknown> = Promise.resolve();

  constructor(store: ComplaintStore, nowMs: () => number) {
    this.#store = store;
    this.#nowMs = nowMs;
  }

  /** Newest first; those whose facts do not open are counted and passed over. */
  async list(): Promise<{ versions: StoredVersion[]; damaged: number }> {
    const versions: StoredVersion[] = [];
    let damaged = 0;
    for await (const { value } of this.#store.entries(FACTS)) {
      const version = value && parseFacts(value);
      if (version) versions.push(version);
      else damaged += 1;
    }
    return { versions: versions.sort((a, b) => b.atMs - a.atMs || (a.id < b.id ? -1 : 1)), damaged };
  }

  /** Durable when it resolves. Null when an automatic one would repeat the newest; what fails leaves all as it was. */
  keep(facts: VersionFacts, state: Uint8Array): Promise<StoredVersion | null> {
    const work = this.#writing.catch(() => undefined).then(() => this.#keepNow(facts, state));
    this.#writing = work;
    return work;
  }

  async #keepNow(facts: VersionFacts, state: Uint8Array): Promise<StoredVersion | null> {
    const { versions } = await this.list();
    const hash = createHash('sha256').update(state).digest('hex');
    if (facts.kind !== 'named' && versions[0]?.hash === hash) return null;
    const version: StoredVersion = { ...facts, id: newId(randomBytes), atMs: this.#nowMs(), hash };
    const packed = new Uint8Array(await pack(state));
    const gone = chooseThinned([version, ...versions], version.atMs);
    await this.#store.write([
      { type: 'put', name: FACTS + version.id, value: encode(version) },
      { type: 'put', name: STATE + version.id, value: packed },
      ...gone.flatMap((id): StoreWrite[] => [
        { type: 'del', name: FACTS + id },
        { type: 'del', name: STATE + id },
      ]),
    ]);
    return version;
  }

  /** The state as it was handed over. */
  async read(versionId: string): Promise<Result<Uint8Array, Notice>> {
    try {
      const packed = await this.#store.get(STATE + versionId);
      return packed ? unpackState(packed) : fail({ code: 'version-missing' });
    } catch (error) {
      if (error instanceof DamagedRecord) return fail({ code: 'version-damaged' });
      throw error;
    }
  }

  name(versionId: string, name: string): Promise<Result<StoredVersion, Notice>> {
    const work = this.#writing
      .catch(() => undefined)
      .then(async (): Promise<Result<StoredVersion, Notice>> => {
        const { versions } = await this.list();
        const found = versions.find(({ id }) => id === versionId);
        if (!found) return fail({ code: 'version-missing' });
        const named: StoredVersion = { ...found, kind: 'named', name };
        await this.#store.put(FACTS + versionId, encode(named));
        return ok(named);
      });
    this.#writing = work;
    return work;
  }
}

/** A compressed state; what grows beyond every complaint, or is none, counts as damaged. */
export async function unpackState(packed: Uint8Array): Promise<Result<Uint8Array, Notice>> {
  try {
    const state = await unpack(packed, { maxOutputLength: MAX_VERSION_BYTES });
    return ok(new Uint8Array(state.buffer, state.byteOffset, state.length));
  } catch {
    // Whatever zlib says about it, the person can do one thing: take another version.
    return fail({ code: 'version-damaged' });
  }
}

/** A state as it goes to partners. */
export async function packState(state: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await pack(state));
}

function encode(version: StoredVersion): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(version));
}

function parseFacts(value: Uint8Array): StoredVersion | null {
  try {
    const parsed = storedVersionSchema.safeParse(JSON.parse(new TextDecoder().decode(value)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null; // not JSON: as good as damaged
  }
}
