import type { TFunction } from 'i18next';
import type { EditorApi } from '../../editor/EditorApi.ts';
import { TABLE_COMMANDS, type TableCommand } from '../../editor/TableApi.ts';

/** What a table that one inserts begins with: a header row and two more, three columns. */
const NEW_TABLE = { rows: 3, columns: 3 };

/** What the commands about tables do; each says aloud what it has done, or why it has not. */
export function buildTableRuns({
  editor,
  announce,
  t,
}: {
  editor: EditorApi | null;
  announce(sentence: string): void;
  t: TFunction;
}): { table(): void } & Record<`table-${TableCommand}`, () => void> {
  const run = (command: TableCommand): void => {
    const tables = editor?.tables;
    if (!tables) return;
    const suggests = editor.suggestions.isSuggesting();
    if (!tables.getCaret()) announce(t('tables.needsTable'));
    else if (!tables.isOffered(command)) announce(t('tables.suggestedNot'));
    else if (tables.run(command)) announce(t(suggests ? 'tables.suggested' : `tables.done.${command}`));
    else announce(t(`tables.notPossible.${command === 'merge' || command === 'split' ? command : 'other'}`));
    editor.focus();
  };
  return {
    table: () => {
      const inserted = editor?.tables.insert(NEW_TABLE.rows, NEW_TABLE.columns);
      announce(t(inserted ? 'tables.inserted' : 'tables.needsCaret'));
      editor?.focus();
    },
    ...(Object.fromEntries(TABLE_COMMANDS.map((command) => [`table-${command}`, () => run(command)])) as Record<
      `table-${TableCommand}`,
      () => void
    >),
  };
}
