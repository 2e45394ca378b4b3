import type { NoticeCode } from '../../shared/ipc/notices.ts';
import { imageNoticesEn } from './images.en.ts';
import { meetingNoticesEn } from './meeting.en.ts';
import { pasteNoticesEn } from './paste.en.ts';
import { roomNoticesEn } from './roomNotices.en.ts';
import { securityNoticesEn } from './securityNotices.en.ts';

/** One sentence or two for every notice code: what happened, what was kept, what to do next. */
export const noticesEn: Record<NoticeCode, string> = {
  ...securityNoticesEn,
  ...roomNoticesEn,
  ...imageNoticesEn,
  ...meetingNoticesEn,
  ...pasteNoticesEn,
  unexpected:
    'Something went wrong inside the program. Everything written so far is kept on this computer. Try again; if it happens again, restart Alegato.',
  'payload-refused':
    'The program refused a request that made no sense to it. Nothing was changed. Try again; if it happens again, restart Alegato.',
  'complaint-damaged':
    'The file of this complaint is damaged and was not opened. It was left exactly as it is. Restore a backup, or ask a partner to invite you again.',
  'complaint-foreign':
    'This file belongs to another computer or another program, so it was not opened. Nothing in it was changed. Ask a partner for an invitation link instead.',
  'complaint-newer-version':
    'This complaint was written with a newer Alegato. It is open for reading only, so that nothing in it gets lost. Update Alegato to edit it.',
  'complaint-missing':
    'This complaint is no longer where it was on this computer. Nothing else was touched. Restore its folder, or ask a partner to invite you again.',
  'complaint-in-use':
    'Another Alegato on this computer has this complaint open. Nothing was changed. Close it there, then open it here again.',
  'disk-full':
    'This computer’s disk is full, so the latest changes are not saved yet. They stay in this window. Free some space; saving goes on by itself.',
  'folder-read-only':
    'Alegato may not write to its folder, so the latest changes are not saved yet. They stay in this window. Make the folder writable, then restart.',
  'link-not-an-invitation':
    'That text is not an invitation link. Nothing was changed. Paste the whole link that your partner sent you; it starts with “alegato:”.',
  'link-cut-off':
    'The invitation link is cut off. Nothing was changed. Ask your partner to send it again in one piece, and paste all of it.',
  'link-wrong-version':
    'This invitation was made by another version of Alegato. Nothing was changed. Update both programs, then ask for a new link.',
  'link-used':
    'This invitation was used already; each one admits one computer. Nothing was changed. Ask your partner for a new link.',
  'link-same-complaint': 'You are already in this complaint, so there was nothing to join. Open it from the list.',
  'relay-address-invalid':
    'That is not a relay address. Nothing was sent. It starts with wss:// (or ws:// on your own network).',
  'relay-away':
    'The relay does not answer. Everything is kept on this computer and will be sent by itself when the relay is back. You can go on writing.',
  'relay-slow':
    'The relay answers slowly. Everything is kept on this computer and is being sent piece by piece. You can go on writing.',
  'relay-garbage':
    'Whatever answers at the relay’s address does not speak Alegato’s language, so the connection was closed. Everything is kept here. Check the address with whoever runs the relay.',
  'relay-refused':
    'The relay refused this complaint. Everything is kept on this computer. Ask whoever runs the relay to let it in.',
  'relay-quota':
    'The relay has no room left for this complaint. Everything is kept on this computer. Ask whoever runs the relay for more room; sending goes on by itself.',
  'file-too-large':
    'This file is too large, so it was not added. The file itself is untouched. Split it or save it smaller, then add it again.',
  'exhibit-too-large':
    'A file can have at most 512 MB, and this one is larger, so it was not added. The file itself is untouched. Split it or scan it again at a lower resolution, then add it.',
  'file-type-unknown':
    'This is neither a PDF nor a PNG or JPEG image, so it was not added. The file itself is untouched. Save it as PDF, then add it again.',
  'file-unreadable':
    'This file could not be read, so it was not added. Check that it is still there and that you may open it, then add it again.',
  'version-missing':
    'This version is not on this computer, and no partner has sent it yet. Nothing was changed. Try again once the relay answers, or choose another version.',
  'version-damaged':
    'This version is damaged and cannot be read. The complaint itself is untouched. Choose another version, or look for it in a backup.',
  'redline-held':
    'The redline was not written: changes are held back on this computer, and it would carry words that may not leave yet. Nothing was changed. See at the bottom of the window what holds them back, then save it again.',
  'redline-missing':
    'The redline was not written: changes of partners are missing here, so it would not show everything. Nothing was changed. Wait until they have arrived, then save it again.',
  'redline-saved': 'The Word document with the tracked changes was saved.',
  'file-empty': 'This file is empty, so it was not added. Look for the full copy and add that one.',
  'pdf-encrypted':
    'This PDF is protected by a password, so it was not added. The file itself is untouched. Save a copy without a password, then add that copy.',
  'pdf-broken':
    'This PDF is broken, so it was not added. The file itself is untouched. Open it elsewhere, print it to a new PDF, then add that one.',
  'pdf-no-pages': 'This PDF has no pages, so it was not added. Look for the full copy and add that one.',
  'image-too-large':
    'This image has more pixels than can be shown safely, so it was not added. The file itself is untouched. Save it smaller, then add it again.',
  'image-broken':
    'This image is broken, so it was not added. The file itself is untouched. Save it again from its source, then add it.',
  'blob-not-here':
    'The file of this exhibit has not reached this computer yet. Its record is here. It comes by itself when the relay and a partner who has it are there.',
  'blob-damaged':
    'The file of this exhibit does not match its fingerprint, so it is not shown. The complaint itself is whole. Ask the partner who added it to add it again.',
  'exhibit-relay-full':
    'The relay has no room left for the file of an exhibit, so partners do not get it yet. The file is whole on this computer. Ask whoever runs the relay for more room, then press “Try again” at the exhibit.',
  'original-not-linkable':
    'An original stays on this computer and cannot prove a claim for your partners. It is kept as it is. Add an anonymized copy of it, then link that copy.',
  'export-failed':
    'The Word file was not written. The complaint is unchanged. Check that the folder can be written and that the file is not open in Word, then build it again.',
  'export-saved': 'The Word file is written. The complaint itself is unchanged.',
  'export-cancelled': 'Nothing was written; you closed the dialog. Build the filing again whenever you like.',
  'peer-frame-refused':
    'Something arrived from a partner’s computer that does not hold together, so it was not let in. Your text is whole. Ask that partner to restart Alegato.',
  'peer-fork':
    'A partner’s computer sent two different versions of the same step. Your text is whole and was not changed by it. Ask that partner whether a backup was restored there.',
  'reviewer-suggests':
    'A reviewer suggests changes of the text and comments. This is for owners and editors to change, so nothing was written. Say it in a comment instead.',
  'select-words-first':
    'No words are selected, so nothing was marked. Select the words that need proof, then mark them as a claim.',
  'claim-spans-nothing':
    'The words of this claim are no longer in the text. Its exhibits and notes are kept. Select words and mark them, or delete the claim.',
};
