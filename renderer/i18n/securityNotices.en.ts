import type { SECURITY_NOTICE_CODES } from '../../shared/ipc/securityNotices.ts';

/** What happened, what was kept, what to do next. */
export const securityNoticesEn: Record<(typeof SECURITY_NOTICE_CODES)[number], string> = {
  'passphrase-wrong':
    'That is not the passphrase. Nothing was changed and you can try as often as you like. If it is lost, use your recovery kit.',
  'passphrase-short': 'That passphrase is too short. Use at least 10 characters; four or five words are easiest.',
  'passphrase-first':
    'Nothing was shared yet. Your partners’ words will be on this computer too, so first set a passphrase, then invite.',
  'recovery-code-mistyped':
    'Group {{group}} of the recovery code is not right. Nothing was changed. Compare it with the paper and type it again.',
  'recovery-code-wrong':
    'That recovery code is well written but does not open these complaints. Look for a newer kit; only the newest one counts.',
  'key-slot-damaged':
    'This way of opening is not set up here, or its part of the key file is damaged. Nothing was changed. Use the other way: passphrase or recovery code.',
  'key-damaged':
    'The file that keeps the key of your complaints is damaged. The complaints themselves were not touched. Restore from a backup with your passphrase or recovery kit.',
  'key-missing':
    'There are complaints here, but the file that keeps their key is gone. The complaints were not touched. Restore from a backup with your passphrase or recovery kit.',
  'key-locked':
    'The system keychain does not give back the key of your complaints. Nothing was changed. Unlock it and start Alegato again, or restore from a backup.',
  'key-newer-version':
    'These complaints were locked with a newer Alegato. Nothing was changed. Update Alegato to open them.',
  'library-locked': 'Your complaints are locked. Nothing was changed. Open them with your passphrase first.',
  'library-in-use': 'Another Alegato has these complaints open. Nothing was changed. Close it there, then start again.',
  'kit-not-written':
    'The recovery kit was not written, so the one you had still counts. Check that the folder can be written to and try again.',
  'complaint-repaired':
    'Part of this complaint’s file was damaged. It was repaired and a copy of the damaged file was kept. Look through the text; partners’ computers or a backup give back what is missing.',
  'complaint-parts-missing':
    'Part of this complaint could not be read ({{count}} saved steps). Everything else is open. What partners have comes back by itself; a backup may hold the rest.',
  'complaint-restored': 'The complaint is back, from the backup. Everything else is unchanged.',
  'complaint-not-damaged':
    'This complaint is not damaged, so it was not replaced. Nothing was changed. A copy can be put beside it.',
  'backup-not-one':
    'That file is no Alegato backup. Nothing was changed. Choose a file that ends in “.alegato-backup”.',
  'backup-damaged':
    'This backup is damaged and nothing was restored from it. What is on this computer is unchanged. Choose another backup.',
  'backup-newer-version':
    'This backup was made with a newer Alegato. Nothing was changed. Update Alegato, then restore.',
  'backup-other-key':
    'This backup belongs to another library, and it does not open this way. Nothing was changed. Use its own passphrase or recovery code.',
  'backup-files-elsewhere':
    'The exhibit files of this backup are not beside it. Nothing was changed. Choose it inside its own folder, or choose a complete backup.',
  'backup-missing': 'This backup is no longer in the folder. Nothing was changed. Choose another one.',
  'backup-cancelled': 'Stopped. Nothing was left half done.',
  'backup-running': 'A backup is being made right now. Nothing was changed. Wait for it or stop it, then try again.',
  'backup-failed':
    'The backup was not made. Your complaints and the earlier backups are unchanged. Check that the backup folder is there and can be written to.',
  'library-restored':
    'Your complaints are back. What was here before was kept aside in the data folder. Partners admit this computer anew before changes are exchanged.',
};
