import { describe, expect, it } from 'vitest';
import type { FileState } from '../../../shared/ipc/contract.ts';
import { exhibitsEn } from '../../i18n/exhibits.en.ts';
import { exhibitsEs } from '../../i18n/exhibits.es.ts';
import { describeFile } from './describeFile.ts';

const file = (fields: Partial<FileState>): FileState => ({
  blobId: 'a'.repeat(64),
  here: true,
  atRelay: null,
  moving: null,
  toSend: false,
  trouble: null,
  alsoWith: [],
  ...fields,
});
const sentence = (fields: Partial<FileState>, paused = false, shared = true) => {
  const { sentence: code, action } = describeFile(file(fields), paused, shared);
  return action ? `${code}/${action}` : code;
};

describe('describeFile', () => {
  it('says where a file is', () => {
    expect(sentence({ toSend: true }, false, false)).toBe('here');
    expect(sentence({ toSend: true })).toBe('waitsUp/stop');
    expect(sentence({ atRelay: true })).toBe('hereRelay');
    expect(sentence({ atRelay: true, alsoWith: ['Amparo'] })).toBe('hereRelayWith');
    expect(sentence({ alsoWith: ['Amparo'] })).toBe('hereWith');
    expect(sentence({ here: false, atRelay: true })).toBe('relayOnly/stop');
    expect(sentence({ here: false, atRelay: false, alsoWith: ['Amparo'] })).toBe('onlyWith');
    expect(sentence({ here: false })).toBe('notHere');
  });

  it('says what moves, and what holds it', () => {
    expect(sentence({ moving: 'up', toSend: true })).toBe('goingUp/stop');
    expect(sentence({ moving: 'down', here: false })).toBe('comingDown/stop');
    expect(sentence({ trouble: 'relay-full', toSend: true })).toBe('relayFull/retry');
    expect(sentence({ trouble: 'stopped', toSend: true })).toBe('stoppedUp/send');
    expect(sentence({ toSend: true }, true)).toBe('pausedUp/send');
    expect(sentence({ here: false, atRelay: true, trouble: 'stopped' })).toBe('stoppedDown/get');
    expect(sentence({ here: false, atRelay: true }, true)).toBe('pausedDown/get');
    expect(sentence({ here: false, trouble: 'damaged' })).toBe('damaged/retry');
  });

  it('has a sentence in both languages for every state there can be', () => {
    for (const here of [true, false])
      for (const atRelay of [true, false, null])
        for (const moving of ['up', 'down', null] as const)
          for (const toSend of [true, false])
            for (const trouble of ['relay-full', 'stopped', 'damaged', null] as const)
              for (const alsoWith of [[], ['Amparo']])
                for (const paused of [true, false])
                  for (const shared of [true, false]) {
                    const fields = { here, atRelay, moving, toSend, trouble, alsoWith };
                    const described = describeFile(file(fields), paused, shared);
                    expect(exhibitsEn.file.states[described.sentence]).toBeTruthy();
                    expect(exhibitsEs.file.states[described.sentence]).toBeTruthy();
                    if (described.action) expect(exhibitsEn.file.actions[described.action]).toBeTruthy();
                    if (described.stuck) expect(described.action).not.toBe(null);
                  }
  });
});
