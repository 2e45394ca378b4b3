import { describe, expect, it } from 'vitest';
import { describeImport } from './describeImport.ts';

const none = { added: 0, known: 0, damaged: 0, refused: 0, cutOff: false };
const keys = (sums: Partial<typeof none>) => describeImport({ ...none, ...sums }).map(({ key }) => key);

describe('describeImport', () => {
  it('names everything that happened, good news first', () => {
    expect(describeImport({ added: 12, known: 40, damaged: 1, refused: 2, cutOff: true })).toEqual([
      { key: 'bundle.added', count: 12 },
      { key: 'bundle.known', count: 40 },
      { key: 'bundle.damaged', count: 1 },
      { key: 'bundle.refused', count: 2 },
      { key: 'bundle.cutOff', count: 0 },
    ]);
  });
  it('tells an empty bundle, one without news and one that gave nothing apart', () => {
    expect(keys({})).toEqual(['bundle.nothing']);
    expect(keys({ known: 3 })).toEqual(['bundle.nothingNew']);
    expect(keys({ damaged: 1 })).toEqual(['bundle.damaged']);
    expect(keys({ refused: 1 })).toEqual(['bundle.refused']);
  });
  it('never leaves out that the file was cut off', () => {
    expect(keys({ cutOff: true })).toEqual(['bundle.nothing', 'bundle.cutOff']);
  });
});
