import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { findEntries, type PaletteEntry } from './findEntries.ts';
import './palette.css';

/** "Search or run": a field and the list of what it finds; arrow keys choose, Enter runs, Escape leaves. */
export function CommandPalette({
  entries,
  query: begun,
  onClose,
}: {
  entries: readonly PaletteEntry[];
  /** What stands in the field at first. */
  query: string;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const [query, setQuery] = useState(begun);
  const [active, setActive] = useState(0);
  const found = useMemo(() => findEntries(entries, query), [entries, query]);
  const activeIndex = Math.min(active, found.length - 1);

  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });
  const run = (entry: PaletteEntry | undefined) => {
    if (!entry) return;
    onClose();
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const last = found.length - 1;
    const next =
      event.key === 'ArrowDown'
        ? activeIndex >= last
          ? 0
          : activeIndex + 1
        : event.key === 'ArrowUp'
          ? activeIndex <= 0
            ? last
            : activeIndex - 1
          : event.key === 'PageDown'
            ? Math.min(last, activeIndex + 8)
            : event.key === 'PageUp'
              ? Math.max(0, activeIndex - 8)
              : null;
    if (next !== null) {
      event.preventDefault();
      setActive(next);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(found[activeIndex]);
    }
  };
  return (
    <dialog
      className="palette"
      ref={dialog}
      aria-label={t('palette.label')}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
      onKeyDown={onKeyDown}
    >
      <div className="palette-body">
        <input
          className="palette-input"
          type="text"
          role="combobox"
          aria-label={t('palette.label')}
          aria-expanded={found.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={found[activeIndex] ? `${id}-${activeIndex}` : undefined}
          placeholder={t('palette.placeholder')}
          value={query}
          maxLength={200}
          spellCheck={false}
          autoComplete="off"
          ref={(element) => {
            if (element && !element.dataset['opened']) {
              element.dataset['opened'] = 'yes';
              element.focus();
            }
          }}
          onChange={(event) => {
            setQuery(event.target.value);
            setActive(0);
          }}
        />
        <div className="palette-list" role="listbox" id={`${id}-list`} aria-label={t('palette.label')} ref={list}>
          {found.map((entry, position) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field above takes the keys
            <div
              key={entry.id}
              id={`${id}-${position}`}
              role="option"
              tabIndex={-1}
              aria-selected={position === activeIndex}
              className="palette-option"
              onClick={() => run(entry)}
              onMouseMove={() => setActive(position)}
            >
              <span className="palette-kind">{t(`palette.${entry.kind}`)}</span>
              <span className="palette-title">{entry.title}</span>
              {entry.detail && <span className="palette-detail">{entry.detail}</span>}
            </div>
          ))}
        </div>
        <p className="visually-hidden" role="status">
          {found.length > 0 ? t('palette.results', { count: found.length }) : ''}
        </p>
        {found.length === 0 && (
          <p className="palette-empty" role="status">
            {t('palette.empty', { query })}
          </p>
        )}
      </div>
    </dialog>
  );
}
