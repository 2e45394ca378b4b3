import type * as Y from 'yjs';
import type { ThreadId } from '../../shared/domain/ids.ts';

/** What a comment made now would be about. */
export interface CommentSubject {
  /** 'block': the caret stands in a paragraph and no words are selected. */
  anchor: 'text' | 'block';
  quote: string;
}

/** What is to be shown of the threads. */
export interface ThreadShow {
  /** Index 0–7 of the color of the organization that began it; threads that are not named are not shown. */
  colors: ReadonlyMap<ThreadId, number>;
  /** The one that the panel is about. */
  selected: ThreadId | null;
}

/** A place in the text that a comment is being written about. It holds while partners go on writing. */
export interface HeldSubject extends CommentSubject {
  readonly anchorPos: Y.RelativePosition | null;
  readonly focusPos: Y.RelativePosition | null;
  /** The place is in a footnote. */
  readonly inNote?: boolean;
}

/** What the window may ask of the text about comments. */
export interface ThreadApi {
  /** What the selection is about, to be commented later; null without words or a paragraph. */
  holdSubject(): HeldSubject | null;
  /** Marks the held place as the thread's; false when its words are gone: the thread is then without a place. */
  markThread(threadId: ThreadId, subject: HeldSubject): boolean;
  unmarkThread(threadId: ThreadId): void;
  /** Which threads show on the page, and how. */
  showThreads(show: ThreadShow): void;
}
