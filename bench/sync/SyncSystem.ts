import type { ChildNode } from './ChildNode.ts';

export type SystemName = 'alegato' | 'stock' | 'hocuspocus';

/** A running server of one system, alone in a process of its own. */
export interface SyncServer {
  readonly url: string;
  readonly child: ChildNode;
  /** Where everything it keeps lies. */
  readonly folder: string;
}

/** One way of carrying a Y.Doc between people: a server and the clients that belong to it. */
export interface SyncSystem {
  readonly name: SystemName;
  readonly title: string;
  /**
   * What the clients of a new room must know, which devices 1 to `people` may enter; it crosses process borders as a
   * structured clone.
   */
  createRoom(people: number): Promise<unknown>;
  /** Starts a server on loopback that keeps its data in `folder`. */
  startServer(folder: string): Promise<SyncServer>;
}
