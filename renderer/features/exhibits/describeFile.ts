import type { FileState } from '../../../shared/ipc/contract.ts';

/** Sentences of `exhibits.file`. */
export type FileSentence =
  | 'goingUp'
  | 'comingDown'
  | 'damaged'
  | 'relayFull'
  | 'stoppedUp'
  | 'pausedUp'
  | 'waitsUp'
  | 'here'
  | 'hereWith'
  | 'hereRelay'
  | 'hereRelayWith'
  | 'stoppedDown'
  | 'pausedDown'
  | 'relayOnly'
  | 'onlyWith'
  | 'notHere';
/** Words of `exhibits.file.settled`: what a row says beside the pages when nothing has to be done or waited for. */
export type SettledWords = 'here' | 'hereRelay';
export type FileAction = 'stop' | 'send' | 'get' | 'retry';

export interface FileDescription {
  sentence: FileSentence;
  /** What a person may do about it; null for nothing. */
  action: FileAction | null;
  /** It is missing somewhere and nothing brings it there by itself. */
  stuck: boolean;
}

/** Null when a row has to say more than two words. */
export function settledWords(sentence: FileSentence): SettledWords | null {
  switch (sentence) {
    case 'here':
    case 'hereWith':
      return 'here';
    case 'hereRelay':
    case 'hereRelayWith':
      return 'hereRelay';
    default:
      return null;
  }
}

/** Where the file of an exhibit is, in one sentence, and what can be done. `shared`: the complaint has a relay. */
export function describeFile(file: FileState, paused: boolean, shared: boolean): FileDescription {
  const say = (sentence: FileSentence, action: FileAction | null = null, stuck = false): FileDescription => ({
    sentence,
    action,
    stuck,
  });
  if (file.moving) return say(file.moving === 'up' ? 'goingUp' : 'comingDown', 'stop');
  if (file.trouble === 'damaged') return say('damaged', 'retry', true);
  const others = file.alsoWith.length > 0;
  if (file.here) {
    if (!shared) return say('here');
    if (file.trouble === 'relay-full') return say('relayFull', 'retry', true);
    if (file.trouble === 'stopped' && file.toSend) return say('stoppedUp', 'send', true);
    if (file.toSend) return paused ? say('pausedUp', 'send', true) : say('waitsUp', 'stop');
    if (file.atRelay) return say(others ? 'hereRelayWith' : 'hereRelay');
    return say(others ? 'hereWith' : 'here');
  }
  if (file.trouble === 'stopped') return say('stoppedDown', 'get', true);
  if (paused) return say('pausedDown', 'get', true);
  if (file.atRelay) return say('relayOnly', 'stop');
  return say(others ? 'onlyWith' : 'notHere');
}
