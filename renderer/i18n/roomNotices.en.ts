import type { NoticeCode } from '../../shared/ipc/notices.ts';

type RoomCode = Extract<
  NoticeCode,
  | 'link-used-twice'
  | 'link-expired'
  | 'link-withdrawn'
  | 'invitation-unknown'
  | 'invitation-in-use'
  | 'request-forged'
  | 'room-token'
  | 'device-removed'
  | 'member-removed'
  | 'member-not-removable'
  | 'role-forbids'
  | 'role-breach'
  | 'passages-recovered'
  | 'snapshot-differs'
  | 'epoch-waiting'
  | 'bundle-other-complaint'
  | 'bundle-not-ours'
  | 'bundle-newer'
  | 'bundle-cut-off'
  | 'room-restored'
  | 'complaint-not-shared'
>;

/** About members, invitations and bundles: what happened, what was kept, what to do next. */
export const roomNoticesEn: Record<RoomCode, string> = {
  'link-used-twice':
    'Two computers came with the same invitation link, so somebody else had it too. Only one was let in; the text is whole. Open “Members”, phone whom it was for, and remove the computer if it is not theirs.',
  'link-expired':
    'Somebody came with an invitation that had run out, or this one has; nobody was let in. Nothing was changed. An owner can make a new link.',
  'link-withdrawn':
    'An owner withdrew this invitation; nobody is let in with it any more. Nothing was changed. Ask your partner for a new link.',
  'invitation-in-use':
    'A computer has come in with this invitation already, so there is nothing left to withdraw. Nothing was changed. Open “Members” and remove that computer if it is not theirs.',
  'request-forged':
    'Somebody asked to be let in with a request that does not match its invitation link; nobody was let in. Nothing was changed. An honest relay stops such requests: ask whoever runs it, or move to another one.',
  'room-token':
    'This relay lets a complaint be shared only by people who know its access word, and the word was missing or wrong. Everything is kept on this computer. Ask whoever runs the relay for the word, then open “Members”, choose “Move to another relay…” and enter the address and the word.',
  'invitation-unknown':
    'The relay does not know this invitation. Nothing was changed. Ask your partner to open Alegato with the complaint, or for a new link.',
  'device-removed':
    'This computer was removed from the complaint. Everything that is here stays readable; nothing new arrives or leaves. If that is a mistake, ask an owner for a new invitation.',
  'member-removed':
    'A computer was removed from this complaint. What it wrote up to then stays; all others have new keys. Open “Members” to see which one.',
  'member-not-removable':
    'This computer may not remove that one, so nobody was removed. Only owners remove others, and an owner only those owners whom they invited. Ask the owner who invited them.',
  'role-forbids':
    'The role of this computer does not allow that. Nothing was changed. Ask an owner to do it, or for another role.',
  'role-breach':
    'Somebody at {{organization}} whose role is to suggest and comment changed the complaint itself. The change is signed with their key and is in the text. Compare it with them, undo it if need be, and remove their computer if you do not trust it.',
  'passages-recovered':
    'Somebody’s removal ended changes that were here, so the text was built anew without them. Passages of yours kept aside: {{count}}. Find them under “Recovered passages” and put them back where they belong.',
  'snapshot-differs':
    'A partner’s computer has built another text from the same changes. Your text is kept as it is and nothing was dropped. Compare the last paragraphs with that partner, and restart Alegato on both sides.',
  'epoch-waiting':
    'New keys for this complaint have not reached this computer yet. What is typed is kept here and goes out once they are there. An owner’s or editor’s computer must be online.',
  'bundle-other-complaint':
    'That bundle is of another complaint, so nothing of it was taken. Open the complaint it belongs to, and bring it in there.',
  'bundle-not-ours':
    'That file is not a bundle of Alegato, so nothing of it was taken. The file is untouched. Choose the one your partner saved for you.',
  'bundle-newer':
    'That bundle was made with a newer Alegato, so nothing of it was taken. The file is untouched. Update Alegato, then bring it in again.',
  'bundle-cut-off':
    'That bundle is cut off at its end. What came before the cut is in. Have it saved again for the rest.',
  'room-restored':
    'This complaint came back from a backup and its place among the members is taken. Everything is kept here. Ask an owner for a new invitation to go on together.',
  'complaint-not-shared':
    'This complaint is only on this computer, so there is nobody to exchange with. Nothing was changed. Invite somebody first.',
};
