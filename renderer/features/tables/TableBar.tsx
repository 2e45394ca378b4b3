import { type KeyboardEvent, useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { TableCommand } from '../../editor/TableApi.ts';
import { useCommands } from '../../ui/commands/CommandsContext.ts';
import { commandAria, commandName, commandTitle } from '../../ui/commands/commandWords.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import './table-bar.css';

const GROUPS: readonly { name: 'rows' | 'columns' | 'cells' | 'table'; commands: readonly TableCommand[] }[] = [
  { name: 'rows', commands: ['row-above', 'row-below', 'delete-row'] },
  { name: 'columns', commands: ['column-left', 'column-right', 'delete-column', 'narrower', 'wider'] },
  { name: 'cells', commands: ['merge', 'split'] },
  { name: 'table', commands: ['header', 'delete-table'] },
];
const subscribeNothing = () => () => {};

/** What can be done with the table of the caret; shown while the caret is in one. */
export function TableBar() {
  const { t } = useTranslation();
  const { editor, session } = useWorkbench();
  const { run, whyNot } = useCommands();
  const tables = editor?.tables ?? null;
  const caret = useSyncExternalStore(tables?.subscribe ?? subscribeNothing, () => tables?.getCaret() ?? null);
  const bar = useRef<HTMLDivElement>(null);
  if (!caret || session.readOnly) return null;

  const isOff = (command: TableCommand): boolean =>
    whyNot(`table-${command}`) !== null ||
    tables?.isOffered(command) === false ||
    (command === 'merge' && !caret.canMerge) ||
    (command === 'split' && !caret.canSplit) ||
    ((command === 'wider' || command === 'narrower') && caret.columns < 2);
  const onKeyDown = (event: KeyboardEvent) => {
    const buttons = [...(bar.current?.querySelectorAll<HTMLButtonElement>('button:not(:disabled)') ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    if (event.key === 'Escape') editor?.focus();
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (at < 0 || step === 0) return;
    event.preventDefault();
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  };
  const first = GROUPS.flatMap(({ commands }) => commands).find((command) => !isOff(command));
  return (
    <div className="toolbar table-bar" role="toolbar" aria-label={t('tables.bar')} ref={bar} onKeyDown={onKeyDown}>
      <span className="table-place">{t(caret.head ? 'tables.placeHead' : 'tables.place', { ...caret })}</span>
      {GROUPS.map(({ name, commands }) => (
        <span key={name} className="table-group">
          <span className="table-group-name">{t(`tables.bars.${name}`)}</span>
          {commands.map((command) => (
            <button
              key={command}
              type="button"
              className={`tool ${command === 'header' && caret.head ? 'on' : ''}`}
              aria-label={commandName(t, `table-${command}`)}
              title={
                tables?.isOffered(command) === false ? t('tables.suggestedNot') : commandTitle(t, `table-${command}`)
              }
              aria-keyshortcuts={commandAria(`table-${command}`)}
              aria-pressed={command === 'header' ? caret.head : undefined}
              disabled={isOff(command)}
              tabIndex={command === first ? 0 : -1}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => run(`table-${command}`)}
            >
              {t(`tables.bars.${command}`)}
            </button>
          ))}
        </span>
      ))}
    </div>
  );
}
