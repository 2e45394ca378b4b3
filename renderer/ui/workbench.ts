import { createContext, useContext } from 'react';
import type { ClaimId, ExhibitId, PersonId, ThreadId } from '../../shared/domain/ids.ts';
import type { Language, Notice, Settings } from '../../shared/ipc/contract.ts';
import type { ComplaintSession } from '../app/ComplaintSession.ts';
import type { EditorApi } from '../editor/EditorApi.ts';
import type { HeldSubject } from '../editor/ThreadApi.ts';

/** What a comment that is being written is about: a place in the text, or a record. */
export type CommentAbout = HeldSubject | { anchor: 'note' | 'exhibit' | 'claim'; target: string; quote: string };

/** What the right panel is about. The text itself is reached through `editor.reveal`. */
export type Place =
  | { kind: 'claim'; claimId: ClaimId }
  /** `page` from 1; `returnTo` is the node of the text that `back()` reveals again. */
  | { kind: 'exhibit'; exhibitId: ExhibitId; page?: number; returnTo?: { nodeKey: string } }
  | { kind: 'person'; personId: PersonId }
  | { kind: 'unsupported' }
  | { kind: 'invite' }
  | { kind: 'members' }
  | { kind: 'move-relay' }
  | { kind: 'missing' }
  | { kind: 'recovered' }
  | { kind: 'bundle' }
  | { kind: 'meeting' }
  | { kind: 'activity' }
  /** All threads; with `about`, a new comment is being written. */
  | { kind: 'comments'; about?: CommentAbout }
  | { kind: 'thread'; threadId: ThreadId }
  /** `naming`: asks for the name of this moment; `compare`: two versions by id, or 'now', over the page. */
  | { kind: 'versions'; naming?: true; compare?: { old: string; now: string } }
  | { kind: 'suggestions' }
  /** `preview`: the pages of the filing over the page. */
  | { kind: 'filing'; preview?: true }
  | { kind: 'settings' };

/** Tabs of the left sidebar. */
export type SidebarTab = 'outline' | 'exhibits' | 'people';

/** What every feature of an open complaint may ask of the window around it. */
export interface Workbench {
  readonly session: ComplaintSession;
  /** Null until the editor is mounted. */
  readonly editor: EditorApi | null;
  /** Null: the right panel follows the selection (the claim at the caret, or nothing). */
  readonly place: Place | null;
  /** Shows a place in the right panel (and opens the panel when it is collapsed). */
  open(place: Place): void;
  /** To the place before; from an exhibit with `returnTo`, back to the citation in the text. */
  back(): void;
  readonly canGoBack: boolean;
  openTab(tab: SidebarTab): void;
  /** Shows the sentence of a notice until the person dismisses it, and reads it out politely. */
  notify(notice: Notice): void;
  /** Reads one sentence (already translated) to a screen reader; shows nothing. */
  announce(sentence: string): void;
  readonly language: Language;
  readonly settings: Settings;
  writeSettings(fields: Partial<Settings>): void;
}

export const WorkbenchContext = createContext<Workbench | null>(null);

/** The workbench of the open complaint; a bug outside of one. */
export function useWorkbench(): Workbench {
  const workbench = useContext(WorkbenchContext);
  if (!workbench) throw new Error('useWorkbench outside of an open complaint');
  return workbench;
}
