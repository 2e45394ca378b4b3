import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { BLOCK_STYLES } from '../../shared/domain/document.ts';
import { useDocumentIndex, useRecords } from '../ui/useSession.ts';
import type { Workbench } from '../ui/workbench.ts';
import type { PaletteEntry } from './findEntries.ts';

/** What only the screen around the workbench can do. */
export interface ScreenCommands {
  markClaim(): void;
  cite(): void;
  insertPerson(): void;
  comment(): void;
  refer(): void;
  link(): void;
  find(): void;
  replace(): void;
  spellingAtCaret(): void;
  nextMistake(): void;
  toggleLeft(): void;
  toggleRight(): void;
  showGuide(): void;
  close(): void;
}

/** Every command, heading, exhibit, person and claim of the open complaint. */
export function usePaletteEntries(workbench: Workbench, commands: ScreenCommands): readonly PaletteEntry[] {
  const { t } = useTranslation();
  const { session, editor, open, openTab, settings, writeSettings, announce } = workbench;
  const index = useDocumentIndex(editor);
  const exhibits = useRecords(session, 'exhibits');
  const people = useRecords(session, 'people');
  return useMemo(() => {
    const command = (id: string, title: string, detail: string, run: () => void): PaletteEntry => ({
      id: `command-${id}`,
      kind: 'command',
      title,
      detail,
      run,
    });
    const entries: PaletteEntry[] = [];
    if (!session.readOnly) {
      entries.push(
        command('claim', t('palette.markClaim'), 'Ctrl Shift K', commands.markClaim),
        command('comment', t('comments.addHint'), 'Ctrl Alt M', commands.comment),
        command('cite', t('palette.cite'), 'Ctrl Shift E', commands.cite),
        command('footnote', t('footnotes.insert'), 'Ctrl Alt F', () => {
          if (!editor?.insertFootnote()) announce(t('footnotes.needsCaret'));
        }),
        command('person', t('palette.insertPerson'), 'Ctrl Shift O', commands.insertPerson),
        command('refer', t('references.insert'), 'Ctrl Shift J', commands.refer),
      );
    }
    entries.push(command('link', t('links.hint'), 'Ctrl K', commands.link));
    entries.push(command('find', t('find.openFind'), 'Ctrl F', commands.find));
    if (!session.readOnly) entries.push(command('replace', t('find.openReplace'), 'Ctrl H', commands.replace));
    entries.push(
      command('next-mistake', t('spelling.next'), 'F7', commands.nextMistake),
      command('spelling', t('spelling.openMenu'), 'Ctrl .', commands.spellingAtCaret),
      command('marks', t('spelling.switchMarks'), '', () =>
        writeSettings({ formattingMarks: !settings.formattingMarks }),
      ),
    );
    if (editor && !session.readOnly)
      entries.push(
        command('suggesting', t('suggestions.mode'), 'Ctrl Alt G', () => {
          if (session.getStatus().role !== 'reviewer')
            editor.suggestions.setSuggesting(!editor.suggestions.isSuggesting());
          editor.focus();
        }),
      );
    if (editor && !session.readOnly) {
      const { signs, language } = editor.tools;
      for (const { name, sign, keys } of signs)
        entries.push(
          command(`sign-${name}`, t('spelling.insertSign', { name: t(`spelling.signs.${name}`) }), keys, () => {
            editor.insertWords(sign);
            editor.focus();
          }),
        );
      for (const passage of ['en', 'es'] as const)
        entries.push(
          command(
            `passage-${passage}`,
            t(passage === 'en' ? 'spelling.passageEnglish' : 'spelling.passageSpanish'),
            '',
            () => {
              language.set(passage);
              editor.focus();
            },
          ),
        );
    }
    entries.push(
      command('build', t('shell.build'), '', () => open({ kind: 'filing' })),
      command('check', t('palette.openUnsupported'), '', () => open({ kind: 'unsupported' })),
      command('suggestions', t('suggestions.open'), 'Ctrl Alt Shift G', () => open({ kind: 'suggestions' })),
      command('invite', t('invite.title'), '', () => open({ kind: 'invite' })),
      command('members', t('members.title'), '', () => open({ kind: 'members' })),
      command('missing', t('missing.title'), '', () => open({ kind: 'missing' })),
      command('recovered', t('recovered.title'), '', () => open({ kind: 'recovered' })),
      command('bundle', t('bundle.title'), '', () => open({ kind: 'bundle' })),
      command('move-relay', t('moveRelay.title'), '', () => open({ kind: 'move-relay' })),
      command('meeting', t('meeting.title'), '', () => open({ kind: 'meeting' })),
      command('activity', t('activity.title'), 'Ctrl Shift L', () => open({ kind: 'activity' })),
      command('comments', t('comments.all'), 'Ctrl Alt Shift M', () => open({ kind: 'comments' })),
      command('versions', t('versions.title'), '', () => open({ kind: 'versions' })),
      command('name-version', t('versions.name'), 'Ctrl Alt S', () => open({ kind: 'versions', naming: true })),
      command('outline', t('palette.openOutline'), '', () => openTab('outline')),
      command('exhibits', t('palette.openExhibits'), '', () => openTab('exhibits')),
      command('people', t('palette.openPeople'), '', () => openTab('people')),
      command('left', t('palette.toggleLeft'), 'Ctrl \\', commands.toggleLeft),
      command('right', t('palette.toggleRight'), 'Ctrl Shift \\', commands.toggleRight),
      command('settings', t('shell.settings'), '', () => open({ kind: 'settings' })),
      command('guide', t('guide.again'), '', commands.showGuide),
      command('en', t('palette.toEnglish'), '', () => writeSettings({ language: 'en' })),
      command('es', t('palette.toSpanish'), '', () => writeSettings({ language: 'es' })),
      command('light', t('palette.themeLight'), '', () => writeSettings({ theme: 'light' })),
      command('dark', t('palette.themeDark'), '', () => writeSettings({ theme: 'dark' })),
      command('system', t('palette.themeSystem'), '', () => writeSettings({ theme: 'system' })),
      command('library', t('palette.allComplaints'), '', commands.close),
    );
    if (editor && !session.readOnly) {
      for (const style of BLOCK_STYLES)
        entries.push(
          command(`style-${style}`, t('palette.setStyle', { style: t(`styles.${style}`) }), '', () => {
            editor.setBlockStyle(style);
            editor.focus();
          }),
        );
    }
    const caretKey = editor?.getSelection().blockKey;
    const caretAt = index.blocks.findIndex((block) => block.key === caretKey);
    const section = index.blocks.slice(0, caretAt + 1).findLast((block) => /^h[1-4]$/.test(block.style));
    if (editor && section && !session.readOnly)
      for (const way of ['up', 'down'] as const)
        entries.push(
          command(
            `section-${way}`,
            t(way === 'up' ? 'references.moveUp' : 'references.moveDown'),
            way === 'up' ? 'Alt Shift ↑' : 'Alt Shift ↓',
            () => editor.moveSection(section.key, way),
          ),
        );
    const broken = index.references.filter((reference) => reference.text === null);
    if (broken[0])
      entries.push(
        command('broken', t('references.goToBroken'), t('references.broken', { count: broken.length }), () =>
          editor?.reveal({ nodeKey: (broken[0] as { nodeKey: string }).nodeKey }, { focus: true }),
        ),
      );
    entries.push(command('reference-back', t('references.back'), 'Alt ←', () => editor?.returnToReference()));
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
    return entries;
  }, [t, session, editor, open, openTab, settings, writeSettings, announce, index, exhibits, people, commands]);
}
