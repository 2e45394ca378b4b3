import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Commands } from '../ui/commands/CommandsContext.ts';
import { COMMAND_IDS, COMMANDS, type CommandGroup, type CommandId } from '../ui/commands/commands.ts';
import { commandKeys, commandName } from '../ui/commands/commandWords.ts';
import { useDocumentIndex, useRecords } from '../ui/useSession.ts';
import type { Workbench } from '../ui/workbench.ts';
import type { PaletteEntry } from './findEntries.ts';

const PALETTE_ORDER: readonly CommandGroup[] = ['insert', 'review', 'file', 'edit', 'view', 'format', 'help'];
/** What one writes with first. */
const PALETTE_COMMANDS: readonly CommandId[] = PALETTE_ORDER.flatMap((group) =>
  COMMAND_IDS.filter((id) => id !== 'palette' && COMMANDS[id].group === group),
);

/** Every command, heading, exhibit, person and claim of the open complaint. */
export function usePaletteEntries(workbench: Workbench, commands: Commands): readonly PaletteEntry[] {
  const { t } = useTranslation();
  const { session, editor, open, announce } = workbench;
  const index = useDocumentIndex(editor);
  const exhibits = useRecords(session, 'exhibits');
  const people = useRecords(session, 'people');
  return useMemo(() => {
    const entries: PaletteEntry[] = PALETTE_COMMANDS.filter((id) => commands.whyNot(id) === null).map((id) => ({
      id: `command-${id}`,
      kind: 'command',
      title: commandName(t, id),
      detail: commandKeys(id),
      run: () => commands.run(id),
    }));
    for (const block of index.blocks) {
      if (/^h[1-4]$/.test(block.style))
        entries.push({
          id: `heading-${block.key}`,
          kind: 'heading',
          title: `${block.label} ${block.text}`.trim(),
          detail: '',
          run: () => editor?.reveal({ blockKey: block.key }, { focus: true }),
        });
    }
    for (const exhibit of exhibits)
      entries.push({
        id: `exhibit-${exhibit.id}`,
        kind: 'exhibit',
        title: `Ex. ${index.labels.get(exhibit.id) ?? '?'} – ${exhibit.title}`,
        detail: '',
        run: () => open({ kind: 'exhibit', exhibitId: exhibit.id }),
      });
    for (const person of people)
      entries.push({
        id: `person-${person.id}`,
        kind: 'person',
        title: `${person.pseudonym}*`,
        detail: '',
        run: () => open({ kind: 'person', personId: person.id }),
      });
    for (const [claimId, claim] of index.claims) {
      entries.push({
        id: `claim-${claimId}`,
        kind: 'claim',
        title: claim.text,
        detail: claim.number === null ? '' : `¶ ${claim.number}`,
        run: () => {
          editor?.reveal({ claimId }, { focus: true });
          open({ kind: 'claim', claimId });
        },
      });
    }
    const pages = editor?.pages;
    for (let page = 1; pages && page <= pages.getPages().letterCount; page++)
      entries.push({
        id: `page-${page}`,
        kind: 'page',
        title: t('pages.goTo', { number: page }),
        detail: '',
        run: () => announce(t(pages.goToPage(page) ? 'pages.wentTo' : 'pages.noPage', { number: page })),
      });
    return entries;
  }, [t, editor, open, announce, index, exhibits, people, commands]);
}
