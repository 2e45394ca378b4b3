import { describe, expect, it } from 'vitest';
import { DEFAULTS } from '../../../shared/domain/collections.ts';
import type { Organization, Reply, Thread } from '../../../shared/domain/records.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import type { CommentAbout } from '../../ui/workbench.ts';
import { countForOrganization, filterThreads, joinReplies, listThreads } from './listThreads.ts';
import { findOpenMention, mentionsIn, parseMentions, rankByName } from './parseMentions.ts';
import { checkText, startThread, TEXT_LIMIT } from './writeThread.ts';

const organization = (id: string, name: string) => ({ ...DEFAULTS.organizations, id, name }) as Organization;
const CENTER = organization('center', 'Immigrant Justice Center');
const SHORT = organization('short', 'Immigrant Justice');
const PARTNER = organization('partner', 'Derechos Humanos');
const ALL = [CENTER, SHORT, PARTNER, organization('nameless', '')];

const thread = (id: string, fields: Partial<Thread> = {}) => ({ ...DEFAULTS.threads, id, ...fields }) as Thread;
const reply = (id: string, of: string, fields: Partial<Reply> = {}) =>
  ({ ...DEFAULTS.replies, id, thread: of, ...fields }) as Reply;
const indexOf = (...ids: string[]) => ({
  threads: new Map(ids.map((id) => [id as Thread['id'], { text: id, blockKey: '1', number: null }])),
});
const idsOf = (list: readonly { thread: Thread }[]) => list.map(({ thread: { id } }) => id);

describe('mentions', () => {
  it('[DO22] are the longest names after an @ that begins a word', () => {
    expect(mentionsIn('@Immigrant Justice Center, @Derechos Humanos: see', ALL)).toBe('center partner');
    expect(mentionsIn('@Immigrant Justice, please', ALL)).toBe('short');
    expect(mentionsIn('mail@Derechos Humanos, @Derechos Humanosx, @ @', ALL)).toBe('');
    expect(mentionsIn('@Derechos Humanos @Derechos Humanos', ALL)).toBe('partner');
  });
  it('no word of the comment is lost in its pieces', () => {
    for (const text of ['', '@', 'a @Derechos Humanos b', '@@Derechos Humanos', '\u{1F4C4}@Immigrant Justice\n'])
      expect(
        parseMentions(text, ALL)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text);
  });
  it('are offered from the @ on until it cannot be a name any more', () => {
    expect(findOpenMention('see @Der', 8)).toEqual({ start: 4, typed: 'Der' });
    expect(findOpenMention('see @', 5)).toEqual({ start: 4, typed: '' });
    expect(findOpenMention('mail@x', 6)).toBeNull();
    expect(findOpenMention('see @a\nb', 8)).toBeNull();
    expect(findOpenMention('none', 4)).toBeNull();
  });
});

describe('lists of threads', () => {
  const threads = [
    thread('a', { at: 5 }),
    thread('b', { at: 1, anchor: 'block' }),
    thread('c', { at: 3 }),
    thread('d', { at: 2, anchor: 'exhibit', target: 'x' }),
    thread('e', { at: 9, anchor: 'claim', target: 'gone' }),
  ];
  it('[DO20] in the order of the text, then on records, then without a place; nothing is left out', () => {
    const lists = listThreads(joinReplies(threads, []), indexOf('b', 'a'), ({ target }) => target === 'x');
    expect(idsOf(lists.inText)).toEqual(['b', 'a']);
    expect(idsOf(lists.onRecords)).toEqual(['d']);
    expect(idsOf(lists.withoutPlace)).toEqual(['c', 'e']);
  });
  it('[DO21] answers stand in the order of their time, on every computer the same', () => {
    const replies = [reply('z', 'a', { at: 2 }), reply('y', 'a', { at: 2 }), reply('x', 'a', { at: 1 })];
    expect(joinReplies(threads, replies)[0]?.replies.map(({ id }) => id)).toEqual(['x', 'y', 'z']);
    expect(joinReplies(threads, replies.toReversed())[0]?.replies.map(({ id }) => id)).toEqual(['x', 'y', 'z']);
  });
  it('a filter leaves what it says', () => {
    const joined = joinReplies(
      [thread('a', { assignee: CENTER.id }), thread('b'), thread('c', { status: 'resolved', assignee: CENTER.id })],
      [reply('1', 'a', { by: 1 }), reply('2', 'b', { by: 2, mentions: 'partner center' }), reply('3', 'c', { by: 1 })],
    );
    const from = ({ by }: Reply) => (by === 1 ? 'center' : 'partner');
    const left = (show: 'open' | 'assigned' | 'mentioning' | 'resolved' | 'all', of = '') =>
      idsOf(filterThreads(joined, { show, organization: of as Organization['id'] }, 'center', from));
    expect(left('open')).toEqual(['a', 'b']);
    expect(left('assigned')).toEqual(['a']);
    expect(left('mentioning')).toEqual(['b']);
    expect(left('resolved')).toEqual(['c']);
    expect(left('all', 'partner')).toEqual(['b']);
    expect(countForOrganization(joined, 'center', from)).toBe(2);
    expect(countForOrganization(joined, 'partner', from)).toBe(0);
  });
});

describe('startThread', () => {
  const about: CommentAbout = { anchor: 'text', quote: 'words', anchorPos: null, focusPos: null };
  function recording({ marks = true, readOnly = false } = {}) {
    const written: Record<string, unknown>[] = [];
    const session = {
      readOnly,
      doc: { clientID: 3 * 65_536 },
      editor: { markThread: () => marks },
      getRecords: () => ALL,
      writeRecord: (name: string, record: object) => written.push({ name, ...record }),
    };
    return { session: session as unknown as ComplaintSession, written };
  }
  it('[DO21] writes the thread and the comment as its first answer', () => {
    const { session, written } = recording();
    const started = startThread(session, about, '  @Derechos Humanos: source?  ');
    expect(started?.placed).toBe(true);
    expect(written).toMatchObject([
      { name: 'threads', id: started?.threadId, anchor: 'text', quote: 'words', by: 3, status: 'open', target: '' },
      { name: 'replies', thread: started?.threadId, by: 3, text: '@Derechos Humanos: source?', mentions: 'partner' },
    ]);
  });
  it('[DO20] keeps the comment when its words are gone, and names what a record comment is about', () => {
    const gone = recording({ marks: false });
    expect(startThread(gone.session, about, 'late')?.placed).toBe(false);
    expect(gone.written).toHaveLength(2);
    const record = recording({ marks: false });
    expect(startThread(record.session, { anchor: 'claim', target: 'c1', quote: 'q' }, 'x')?.placed).toBe(true);
    expect(record.written[0]).toMatchObject({ anchor: 'claim', target: 'c1' });
  });
  it('writes nothing when reading only, and nothing empty or too long', () => {
    expect([checkText(' \n'), checkText('x'.repeat(TEXT_LIMIT)), checkText('x'.repeat(TEXT_LIMIT + 1))]).toEqual([
      'empty',
      null,
      'too-long',
    ]);
    const { session, written } = recording();
    expect([startThread(session, about, ' '), startThread(session, about, 'x'.repeat(5_000))]).toEqual([null, null]);
    expect(startThread(recording({ readOnly: true }).session, about, 'x')).toBeNull();
    expect(written).toEqual([]);
  });
});

it('names that begin with what was typed are offered first', () => {
  const named = (name: string, order: number) => ({ name, order });
  const offered = rankByName(
    [
      named('', 0),
      named('Cenzontle de Derechos', 1),
      named('Verderol', 2),
      named('Derechos Humanos', 3),
      named('Alder', 4),
    ],
    'der',
  );
  expect(offered.map(({ name }) => name)).toEqual(['Derechos Humanos', 'Cenzontle de Derechos', 'Verderol', 'Alder']);
});
