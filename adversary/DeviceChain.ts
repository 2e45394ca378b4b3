import { join } from '../shared/crypto/bytes.ts';
import type { Ciphers } from '../shared/crypto/Ciphers.ts';
import { pad } from '../shared/crypto/padding.ts';
import {
  createEpoch,
  createRoot,
  type DeviceKeys,
  deriveDevice,
  type Epoch,
  type RoomRoot,
} from '../shared/crypto/room.ts';
import { sealBytes } from '../shared/crypto/sealing.ts';
import { encodeUpdateContent, type Heads } from '../shared/sync/content.ts';
import { encodeHeader, frameHash, HASH_BYTES, KIND, type Kind, NO_HASH, signFrame } from '../shared/sync/Frame.ts';
import { helloStatement, requestStatement } from '../shared/sync/hello.ts';
import { encodeDeviceMessage } from '../shared/sync/RelayMessage.ts';
import { boxEpochs, encodeAdmission, encodeInvitation, type RoleName } from '../shared/sync/records.ts';

/** The secrets of a room and what its root has written so far; `TestRoom` of the sync tests is one. */
export interface OwnedRoom {
  ciphers: Ciphers;
  root: RoomRoot;
  epoch: Epoch;
  rootFrames: Uint8Array[];
  admitted: Set<number>;
}

/** A room whose root is held here; nobody is in it yet. */
export function createOwnedRoom(ciphers: Ciphers): OwnedRoom {
  return { ciphers, root: createRoot(ciphers), epoch: createEpoch(ciphers), rootFrames: [], admitted: new Set() };
}

/** How a frame differs from the next honest one of its author's chain. */
export interface FrameShape {
  kind?: Kind;
  /** Sealed after padding; for sealed kinds. */
  content?: Uint8Array;
  /** In clear: a record's body, or the coverage before a snapshot's sealed part. */
  clear?: Uint8Array;
  device?: number;
  counter?: number;
  previous?: Uint8Array;
  epoch?: Epoch;
  roomId?: Uint8Array;
  secretKey?: Uint8Array;
}

const FAR = 4_000_000_000;

/**
 * A device whose keys and chain are held here: it speaks for itself, honestly or not. The root lets it in when it is made; number 1
 * founds the room.
 */
export class DeviceChain {
  readonly room: OwnedRoom;
  readonly number: number;
  readonly seed: Uint8Array;
  readonly keys: DeviceKeys;
  /** The frame that let it in. */
  readonly admission: Uint8Array;
  /** Last counter used, and the hash that the next frame names. */
  counter = 0;
  previous: Uint8Array;

  constructor(room: OwnedRoom, number: number, options: { role?: RoleName; organization?: number } = {}) {
    const { ciphers } = room;
    this.room = room;
    this.number = number;
    this.seed = ciphers.randomBytes(32);
    this.keys = deriveDevice(ciphers, this.seed);
    const founding = room.rootFrames.length === 0;
    const role = options.role ?? (founding ? 'owner' : 'editor');
    const organization = options.organization ?? number;
    this.admission = this.#beAdmitted(founding, role, organization);
    this.previous = frameHash(ciphers, this.admission);
  }

  /** A frame as described, signed; the chain stays where it is. */
  build(shape: FrameShape = {}): Uint8Array {
    const { ciphers, root, epoch: newest } = this.room;
    const kind = shape.kind ?? KIND.update;
    const epoch = shape.epoch ?? newest;
    const header = encodeHeader({
      kind,
      roomId: shape.roomId ?? root.room.roomIdBytes,
      epochId: epoch.id,
      device: shape.device ?? this.number,
      counter: shape.counter ?? (kind === KIND.presence ? 0 : this.counter + 1),
      previous: shape.previous ?? (kind === KIND.presence ? NO_HASH : this.previous),
    });
    const clear = shape.clear ?? new Uint8Array();
    const body = shape.content
      ? join(clear, sealBytes(ciphers, epoch.frameKey, pad(shape.content), join(header, clear)))
      : clear;
    return signFrame(ciphers, shape.secretKey ?? this.keys.sign.secretKey, header, body);
  }

  /** The same, and the chain goes on behind it. */
  write(shape: FrameShape = {}): Uint8Array {
    const frame = this.build(shape);
    this.counter = shape.counter ?? this.counter + 1;
    this.previous = frameHash(this.room.ciphers, frame);
    return frame;
  }

  /** The next update frame: these Yjs bytes under these heads. */
  update(update: Uint8Array, heads: Heads = new Map()): Uint8Array {
    return this.write({ content: encodeUpdateContent({ heads, update }) });
  }

  /** The bytes of a hello that answers `nonce`. */
  hello(nonce: Uint8Array, options: { records?: Uint8Array[]; compact?: boolean } = {}): Uint8Array {
    const { ciphers, root, rootFrames } = this.room;
    const statement = helloStatement(nonce, root.room.roomIdBytes, this.number);
    return encodeDeviceMessage({
      type: 'hello',
      roomPublicKey: root.room.publicKey,
      device: this.number,
      compact: options.compact ?? false,
      cursor: 0,
      signature: ciphers.sign(this.keys.sign.secretKey, statement),
      records: options.records ?? rootFrames,
    });
  }

  #beAdmitted(founding: boolean, role: RoleName, organization: number): Uint8Array {
    const { ciphers, root, epoch, admitted } = this.room;
    const { sign, box } = this.keys;
    admitted.add(this.number);
    const common = { device: this.number, deviceKey: sign.publicKey, boxKey: box.publicKey, organization, role };
    const epochs = boxEpochs(ciphers, box.publicKey, [epoch]);
    if (founding) {
      const body = encodeAdmission({ ...common, invitation: null, signature: new Uint8Array(64), epochs });
      return this.writeByRoot(KIND.admission, body);
    }
    const { publicKey: key, secretKey } = ciphers.signPair(ciphers.randomBytes(32));
    const invitation = { key, role, organization, device: this.number, expires: FAR };
    const invited = this.writeByRoot(KIND.invitation, encodeInvitation(invitation));
    const statement = requestStatement(root.room.roomIdBytes, sign.publicKey, box.publicKey);
    const signature = ciphers.sign(secretKey, statement);
    const body = encodeAdmission({ ...common, invitation: frameHash(ciphers, invited), signature, epochs });
    return this.writeByRoot(KIND.admission, body);
  }

  /** The root's next record; it is in the room's frames from now on. */
  writeByRoot(kind: Kind, body: Uint8Array): Uint8Array {
    const { ciphers, root, epoch, rootFrames } = this.room;
    const last = rootFrames[rootFrames.length - 1];
    const frame = this.build({
      kind,
      clear: body,
      epoch,
      device: 0,
      counter: rootFrames.length + 1,
      previous: last ? frameHash(ciphers, last) : new Uint8Array(HASH_BYTES),
      secretKey: root.pair.secretKey,
    });
    rootFrames.push(frame);
    return frame;
  }
}
