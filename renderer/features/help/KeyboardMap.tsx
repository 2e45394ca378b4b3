import type { TFunction } from 'i18next';
import { Fragment, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { COMMAND_GROUPS, COMMAND_IDS, COMMANDS, keysOf } from '../../ui/commands/commands.ts';
import { commandName } from '../../ui/commands/commandWords.ts';
import { PLACE_KEYS, type PlaceKeyId } from '../../ui/commands/placeKeys.ts';
import { type Shortcut, showShortcut } from '../../ui/commands/shortcuts.ts';
import { findLines, type MapPart } from './findLines.ts';
import './help.css';

/** Every command and every key of one place, in the parts of the menu. */
function listParts(t: TFunction): MapPart[] {
  const show = (keys: readonly Shortcut[]) => keys.map((key) => showShortcut(key));
  return [
    ...COMMAND_GROUPS.map((group) => ({
      id: group,
      title: t(`commands.groups.${group}`),
      lines: COMMAND_IDS.filter((id) => COMMANDS[id].group === group).map((id) => ({
        id,
        name: commandName(t, id),
        keys: show(keysOf(id)),
      })),
    })),
    {
      id: 'places',
      title: t('commands.map.places'),
      lines: (Object.keys(PLACE_KEYS) as PlaceKeyId[]).map((id) => ({
        id,
        name: t(`commands.places.${id}`),
        keys: show(PLACE_KEYS[id]),
      })),
    },
  ];
}

/** The keyboard map: every command with its keys, in parts; searched by words or keys, and printable. */
export function KeyboardMap({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const titleId = useId();
  const [query, setQuery] = useState('');
  const parts = useMemo(() => findLines(listParts(t), query), [t, query]);
  const count = parts.reduce((sum, part) => sum + part.lines.length, 0);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    field.current?.focus();
    return () => element?.close();
  }, []);
  // What is printed is what the search has left; the rest of the window stays out of it (help.css).
  const print = () => {
    document.documentElement.dataset['printing'] = 'keyboard-map';
    window.print();
    delete document.documentElement.dataset['printing'];
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself
    <dialog
      className="keyboard-map"
      ref={dialog}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className="keyboard-map-body">
        <header className="keyboard-map-head">
          <div>
            <h2 id={titleId}>{t('commands.map.title')}</h2>
            <p className="soft">{t('commands.map.hint')}</p>
          </div>
          <span className="grow" />
          <button type="button" className="button" onClick={print}>
            {t('commands.map.print')}
          </button>
          <button type="button" className="button" onClick={onClose} aria-label={t('commands.map.close')}>
            {t('common.close')}
          </button>
        </header>
        <input
          className="input keyboard-map-search"
          type="search"
          ref={field}
          aria-label={t('commands.map.search')}
          placeholder={t('commands.map.placeholder')}
          value={query}
          maxLength={100}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setQuery(event.target.value)}
        />
        <p className="visually-hidden" role="status">
          {query ? t('commands.map.found', { count }) : ''}
        </p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list longer than its box is read with the keys */}
        <div className="keyboard-map-parts" role="region" aria-labelledby={titleId} tabIndex={0}>
          {count === 0 && <p>{t('commands.map.none', { query })}</p>}
          {parts.map((part) => (
            <table key={part.id}>
              <caption>{part.title}</caption>
              <thead className="visually-hidden">
                <tr>
                  <th scope="col">{t('commands.map.what')}</th>
                  <th scope="col">{t('commands.map.keys')}</th>
                </tr>
              </thead>
              <tbody>
                {part.lines.map((line) => (
                  <tr key={line.id}>
                    <th scope="row">{line.name}</th>
                    <td>
                      {line.keys.length === 0 && <span className="visually-hidden">{t('commands.map.noKeys')}</span>}
                      {line.keys.map((key, at) => (
                        <Fragment key={key}>
                          {at > 0 &&
                            (part.id === 'places' ? ' ' : <span className="soft"> {t('commands.map.or')} </span>)}
                          <kbd>{key}</kbd>
                        </Fragment>
                      ))}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          ))}
        </div>
      </div>
    </dialog>
  );
}
