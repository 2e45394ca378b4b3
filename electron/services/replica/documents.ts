import * as Y from 'yjs';

declare const side: unique symbol;

/** Everything this computer knows, also what may not leave it. No function that writes outward accepts it. */
export type ReplicaDoc = Y.Doc & { readonly [side]: 'replica' };
/** Exactly what has left this computer or arrived from others. */
export type SharedDoc = Y.Doc & { readonly [side]: 'shared' };

/** Garbage collection stays on in both: with it off, a deleted name stays in the document. */
export function newReplicaDoc(): ReplicaDoc {
  return new Y.Doc({ gc: true }) as ReplicaDoc;
}
export function newSharedDoc(): SharedDoc {
  return new Y.Doc({ gc: true }) as SharedDoc;
}

/** Origins of transactions in main. Updates of a window carry its DocPort as origin. */
export const ORIGIN = {
  /** Read back from this computer's disk. */
  disk: 'disk',
  /** Written into the shared doc by the outbound gate. */
  gate: 'gate',
  /** Came into the replica from the shared doc. */
  shared: 'shared',
  /** Written by main itself (organization records, title). */
  main: 'main',
} as const;
