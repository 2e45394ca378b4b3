import { type KeyboardEvent, useCallback, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../ui/commands/CommandsContext.ts';
import { COMMANDS, type CommandId } from '../ui/commands/commands.ts';
import { commandKeys, commandName } from '../ui/commands/commandWords.ts';

/** What has no place in the bar, behind one button: arrow keys and first letters choose, Enter runs, Escape leaves. */
export function MoreTools({ ids, disabled }: { ids: readonly CommandId[]; disabled: boolean }) {
  const { t } = useTranslation();
  const { run, whyNot, isOn } = useCommands();
  const [open, setOpen] = useState<'first' | 'last' | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const menuId = useId();
  const items = useCallback(() => [...(box.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])], []);
  useEffect(() => {
    if (!open) return;
    items()
      .at(open === 'first' ? 0 : -1)
      ?.focus();
    const onPointerDown = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) setOpen(null);
    };
    document.addEventListener('pointerdown', onPointerDown);
    return () => document.removeEventListener('pointerdown', onPointerDown);
  }, [open, items]);

  const leave = () => {
    setOpen(null);
    button.current?.focus();
  };
  const onMenuKey = (event: KeyboardEvent) => {
    event.stopPropagation();
    const all = items();
    const here = all.indexOf(document.activeElement as HTMLElement);
    const moves: Record<string, number> = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: all.length - 1 };
    const move = moves[event.key];
    if (move !== undefined) {
      event.preventDefault();
      all[(move + all.length) % all.length]?.focus();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      leave();
    } else if (event.key === 'Tab') setOpen(null);
    else if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const letter = event.key.toLowerCase();
      const turned = [...all.slice(here + 1), ...all.slice(0, here + 1)];
      turned.find((each) => each.textContent?.trim().toLowerCase().startsWith(letter))?.focus();
    }
  };
  return (
    <div className="tool-more" ref={box}>
      <button
        type="button"
        className="tool"
        ref={button}
        aria-haspopup="menu"
        aria-expanded={open !== null}
        aria-controls={open ? menuId : undefined}
        title={t('commands.moreHint')}
        disabled={disabled}
        tabIndex={-1}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => setOpen(open ? null : 'first')}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          setOpen(event.key === 'ArrowDown' ? 'first' : 'last');
        }}
      >
        {t('commands.more')} <span aria-hidden="true">▾</span>
      </button>
      {open && (
        <div
          className="more-menu"
          role="menu"
          id={menuId}
          aria-label={t('commands.moreHint')}
          tabIndex={-1}
          onKeyDown={onMenuKey}
        >
          {ids.map((id) => {
            const reason = whyNot(id);
            const on = isOn(id);
            const keys = commandKeys(id);
            return (
              <button
                key={id}
                type="button"
                {...(on === null ? { role: 'menuitem' } : { role: 'menuitemcheckbox', 'aria-checked': on })}
                aria-disabled={reason !== null || undefined}
                title={reason ?? undefined}
                className={COMMANDS[id].apart ? 'apart' : undefined}
                tabIndex={-1}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => {
                  setOpen(null);
                  run(id);
                }}
              >
                <span className="more-check" aria-hidden="true">
                  {on ? '✓' : ''}
                </span>
                <span className="more-name">{commandName(t, id)}</span>
                {keys && <span className="more-keys">{keys}</span>}
              </button>
            );
          })}
        </div>
      )}
    </div>
  );
}
