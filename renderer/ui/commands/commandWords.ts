import type { TFunction } from 'i18next';
import type { BlockStyle } from '../../../shared/domain/document.ts';
import { type CommandId, keysOf } from './commands.ts';
import { ariaShortcut, showShortcut } from './shortcuts.ts';

type NamedId = Exclude<CommandId, `style-${string}`>;

/** The name of a command, also where it stands alone: “Style: Heading I.”. */
export function commandName(t: TFunction, id: CommandId): string {
  if (!id.startsWith('style-')) return t(`commands.names.${id as NamedId}`);
  return t('commands.style', { style: t(`styles.${id.slice('style-'.length) as BlockStyle}`) });
}

/** The first of its keys as a person reads it; empty for none. */
export function commandKeys(id: CommandId): string {
  const [first] = keysOf(id);
  return first === undefined ? '' : showShortcut(first);
}

/** `words`, or the command's name, with its key behind: the title of a button. */
export function commandTitle(t: TFunction, id: CommandId, words = commandName(t, id)): string {
  const keys = commandKeys(id);
  return keys ? t('commands.withKeys', { name: words, keys }) : words;
}

/** What `aria-keyshortcuts` says of a button that runs the command; undefined without a key. */
export function commandAria(id: CommandId): string | undefined {
  const keys = keysOf(id);
  return keys.length > 0 ? keys.map((each) => ariaShortcut(each)).join(' ') : undefined;
}
