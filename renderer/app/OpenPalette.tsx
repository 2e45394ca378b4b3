import { useTranslation } from 'react-i18next';
import type { Commands } from '../ui/commands/CommandsContext.ts';
import type { Workbench } from '../ui/workbench.ts';
import { CommandPalette } from './CommandPalette.tsx';
import { usePaletteEntries } from './usePaletteEntries.ts';

/** Reads what there is to find only while it is open: the text's index changes as one types. */
export function OpenPalette({
  workbench,
  commands,
  only,
  onClose,
}: {
  workbench: Workbench;
  commands: Commands;
  /** Null: everything. */
  only: 'page' | null;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const entries = usePaletteEntries(workbench, commands);
  return (
    <CommandPalette
      entries={only ? entries.filter(({ kind }) => kind === only) : entries}
      query={only ? t('pages.query') : ''}
      onClose={onClose}
    />
  );
}
