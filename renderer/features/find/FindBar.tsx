import { type KeyboardEvent, useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { SearchQuery } from '../../../shared/domain/search/buildMatcher.ts';
import type { FindState } from '../../editor/FindApi.ts';
import { formatNumber } from '../../i18n/format.ts';
import { isKeyOf } from '../../ui/commands/commands.ts';
import { commandTitle } from '../../ui/commands/commandWords.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { type FindOption, FindOptions } from './FindOptions.tsx';
import './find.css';

export type FindMode = 'find' | 'replace';

const NOTHING: FindState = { status: 'idle', count: 0, more: false, current: -1, context: '', editable: false };
const NO_OPTIONS: Record<FindOption, boolean> = {
  matchCase: false,
  matchAccents: false,
  wholeWord: false,
  pattern: false,
};
const subscribeNothing = () => () => {};

/** Find and replace, under the toolbar. Closed it keeps what was looked for; Escape selects the match in the text. */
export function FindBar({ mode, onMode }: { mode: FindMode | null; onMode(mode: FindMode | null): void }) {
  const { t } = useTranslation();
  const { editor, session, announce, language } = useWorkbench();
  const find = editor?.tools.find ?? null;
  const state = useSyncExternalStore(find ? find.subscribe : subscribeNothing, find ? find.get : () => NOTHING);
  const [words, setWords] = useState('');
  const [replacement, setReplacement] = useState('');
  const [options, setOptions] = useState(NO_OPTIONS);
  const input = useRef<HTMLInputElement>(null);
  const open = mode !== null;

  // What is selected when it opens is what a person means to find.
  useEffect(() => {
    if (!open || !find) return;
    const selected = find.getSelectedWords();
    if (selected) setWords(selected);
    input.current?.focus();
    requestAnimationFrame(() => input.current?.select());
  }, [open, find]);
  useEffect(() => {
    if (!open || !find) return;
    const query: SearchQuery = { words, ...options };
    find.find(query);
  }, [open, find, words, options]);
  // Another complaint or a closed bar leaves no paint behind.
  useEffect(() => () => find?.close(false), [find]);

  const { status, count, more, current, context } = state;
  const figures = { current: formatNumber(current + 1, language), count: formatNumber(count, language) };
  const place = t(more ? 'find.placeMore' : 'find.place', figures);
  const said =
    words === '' || status === 'idle'
      ? ''
      : status === 'bad-pattern'
        ? t('find.badPattern')
        : status === 'too-slow'
          ? t('find.tooSlow')
          : status === 'too-long'
            ? t('find.tooLong')
            : status === 'searching'
              ? t('find.searching')
              : count === 0
                ? t('find.none')
                : place;
  const wrong = status === 'bad-pattern' || status === 'too-slow' || status === 'too-long';

  const stepped = useRef(false);
  const step = useCallback(
    (direction: 1 | -1) => {
      stepped.current = true;
      find?.step(direction);
    },
    [find],
  );
  useEffect(() => {
    if (!stepped.current || !context) return;
    stepped.current = false;
    announce(t('find.spoken', { place, words: context }));
  }, [context, place, announce, t]);

  const close = () => {
    if (find && find.get().count > 0) find.close(true);
    else {
      find?.close(false);
      editor?.focus();
    }
    onMode(null);
  };
  const replaceOne = () => {
    if (find?.replaceCurrent(replacement)) {
      stepped.current = true;
      return;
    }
    announce(t('find.notReplaced'));
  };
  const replaceAll = () => {
    const made = find?.replaceAll(replacement) ?? 0;
    announce(made > 0 ? t('find.replaced', { count: made }) : t('find.notReplaced'));
  };

  useEffect(() => {
    if (!open) return;
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      const isBack = isKeyOf(event, 'find-previous');
      if (!isBack && !isKeyOf(event, 'find-next')) return;
      event.preventDefault();
      step(isBack ? -1 : 1);
    };
    // Before the window's own F3, which opens the bar.
    document.addEventListener('keydown', onKeyDown, true);
    return () => document.removeEventListener('keydown', onKeyDown, true);
  }, [open, step]);

  if (!open) return null;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    close();
  };
  const onEnter = (run: (event: KeyboardEvent) => void) => (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    run(event);
  };
  const canReplace = !session.readOnly && count > 0;
  return (
    <search className="find-bar" aria-label={t('find.title')} onKeyDown={onKeyDown}>
      <div className="find-row">
        {!session.readOnly && (
          <button
            type="button"
            className="tool"
            aria-label={mode === 'replace' ? t('find.hideReplace') : t('find.showReplace')}
            title={commandTitle(t, 'replace', mode === 'replace' ? t('find.hideReplace') : t('find.showReplace'))}
            aria-expanded={mode === 'replace'}
            onClick={() => onMode(mode === 'replace' ? 'find' : 'replace')}
          >
            <span aria-hidden="true">{mode === 'replace' ? '▾' : '▸'}</span>
          </button>
        )}
        <input
          ref={input}
          type="text"
          className="input find-words"
          aria-label={t('find.words')}
          placeholder={t('find.words')}
          aria-invalid={wrong}
          aria-describedby="find-said"
          value={words}
          maxLength={1_001}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setWords(event.target.value)}
          onKeyDown={onEnter((event) => step(event.shiftKey ? -1 : 1))}
        />
        <button
          type="button"
          className="tool"
          aria-label={t('find.previous')}
          title={`${t('find.previous')} (Shift F3)`}
          disabled={count === 0}
          onClick={() => step(-1)}
        >
          <span aria-hidden="true">↑</span>
        </button>
        <button
          type="button"
          className="tool"
          aria-label={t('find.next')}
          title={`${t('find.next')} (F3)`}
          disabled={count === 0}
          onClick={() => step(1)}
        >
          <span aria-hidden="true">↓</span>
        </button>
        <button
          type="button"
          className="tool"
          aria-label={t('find.close')}
          title={`${t('find.close')} (Esc)`}
          onClick={close}
        >
          <span aria-hidden="true">×</span>
        </button>
      </div>
      {mode === 'replace' && !session.readOnly && (
        <div className="find-row replace">
          <input
            type="text"
            className="input find-words"
            aria-label={t('find.replacement')}
            placeholder={t('find.replacement')}
            value={replacement}
            maxLength={1_000}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setReplacement(event.target.value)}
            onKeyDown={onEnter((event) => (event.ctrlKey || event.metaKey ? replaceAll() : replaceOne()))}
          />
          <button
            type="button"
            className="tool"
            disabled={!canReplace || !state.editable}
            title="Enter"
            onClick={replaceOne}
          >
            {t('find.replaceOne')}
          </button>
          <button type="button" className="tool" disabled={!canReplace} title="Ctrl Enter" onClick={replaceAll}>
            {t('find.replaceAll')}
          </button>
        </div>
      )}
      <div className="find-row">
        <FindOptions options={options} onChange={setOptions} />
        <p id="find-said" className={`find-said ${wrong ? 'wrong' : ''}`} role="status">
          {said}
        </p>
      </div>
    </search>
  );
}
