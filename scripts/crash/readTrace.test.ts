import { describe, expect, it } from 'vitest';
import { readTrace } from './traceRelay.ts';

const SYNC = '123 fdatasync(20</data/log/000003.log>) = 0';
const ACK =
  '120 writev(23<TCP:[127.0.0.1:1->127.0.0.1:2]>, [{iov_base="\\x82\\x15", iov_len=2}, {iov_base="\\x07\\x00\\x01", iov_len=21}], 2) = 23';

describe('readTrace', () => {
  it('takes an acknowledgement after a sync', () => {
    expect(readTrace([SYNC, ACK, SYNC, ACK].join('\n'))).toEqual({ acknowledgements: 2, withoutSync: 0 });
  });
  it('counts one without', () => {
    expect(readTrace([SYNC, ACK, ACK].join('\n'))).toEqual({ acknowledgements: 2, withoutSync: 1 });
  });
  it('does not take a failed sync for one', () => {
    expect(readTrace([SYNC.replace('= 0', '= -1 EIO'), ACK].join('\n'))).toEqual({
      acknowledgements: 1,
      withoutSync: 1,
    });
  });
});
