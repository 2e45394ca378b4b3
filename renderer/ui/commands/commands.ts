import { BLOCK_STYLES, type BlockStyle } from '../../../shared/domain/document.ts';
import { isMac, isShortcut, type PressedKey, type Shortcut } from './shortcuts.ts';

/** The menus of the application and the parts of the keyboard map, in their order. */
export const COMMAND_GROUPS = ['file', 'edit', 'insert', 'format', 'review', 'view', 'help'] as const;
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

/** A submenu of its group. */
export type CommandFamily = 'table' | 'styles' | 'parts' | 'signs' | 'passage' | 'colors' | 'language';

/**
 * What must be so for a command to run. write: the complaint is open for writing (a reviewer's writing is suggested);
 * decide: and the person may accept and reject; edit: and the person may do what cannot be suggested [SY80];
 * text: the editor is there.
 */
export type CommandNeed = 'write' | 'decide' | 'edit' | 'text';

/** One command: its name is `commands.names.<id>` of the catalogue. */
export interface Command {
  group: CommandGroup;
  /** The first one is shown; empty for none. */
  keys: readonly Shortcut[];
  /** Where a Mac has other ones. */
  macKeys?: readonly Shortcut[];
  needs?: CommandNeed;
  family?: CommandFamily;
  /** Begins a new part of the menu. */
  apart?: true;
  /** Who listens for the keys: the window, wherever the focus is, or the text alone. */
  keysIn: 'window' | 'text';
}

type StyleCommandId = `style-${BlockStyle}`;

/** Ctrl+Alt+digit: the styles that are used most. */
const STYLE_DIGITS: Partial<Record<BlockStyle, number>> = {
  plain: 0,
  h1: 1,
  h2: 2,
  h3: 3,
  h4: 4,
  numbered: 5,
  quote: 6,
  bullet: 7,
  ordered: 8,
};

const inWindow = (group: CommandGroup, keys: readonly Shortcut[], more: Partial<Command> = {}): Command => ({
  group,
  keys,
  keysIn: 'window',
  ...more,
});
const inText = (group: CommandGroup, keys: readonly Shortcut[], more: Partial<Command> = {}): Command => ({
  group,
  keys,
  keysIn: 'text',
  needs: 'write',
  ...more,
});

const inTable = (keys: readonly Shortcut[], more: Partial<Command> = {}): Command =>
  inWindow('edit', keys, { needs: 'write', family: 'table', ...more });

const STYLE_COMMANDS = Object.fromEntries(
  BLOCK_STYLES.map((style): [string, Command] => {
    const digit = STYLE_DIGITS[style];
    return [`style-${style}`, inText('format', digit === undefined ? [] : [`Mod+Alt+${digit}`], { family: 'styles' })];
  }),
) as Record<StyleCommandId, Command>;

const TABLE = {
  build: inWindow('file', []),
  check: inWindow('file', []),
  preview: inWindow('file', ['Mod+P'], { needs: 'text' }),
  'name-version': inWindow('file', ['Mod+Alt+S'], { apart: true, needs: 'text' }),
  versions: inWindow('file', []),
  invite: inWindow('file', [], { apart: true }),
  members: inWindow('file', []),
  meeting: inWindow('file', []),
  bundle: inWindow('file', []),
  'move-relay': inWindow('file', []),
  missing: inWindow('file', []),
  recovered: inWindow('file', []),
  settings: inWindow('file', ['Mod+,'], { apart: true }),
  library: inWindow('file', []),

  undo: inText('edit', ['Mod+Z']),
  redo: inText('edit', ['Mod+Y', 'Mod+Shift+Z'], { macKeys: ['Mod+Shift+Z'] }),
  find: inWindow('edit', ['Mod+F'], { apart: true, needs: 'text' }),
  'find-next': inWindow('edit', ['F3'], { needs: 'text' }),
  'find-previous': inWindow('edit', ['Shift+F3'], { needs: 'text' }),
  // Cmd+H hides the program on a Mac.
  replace: inWindow('edit', ['Mod+H'], { macKeys: ['Mod+Shift+H'], needs: 'write' }),
  'section-up': inText('edit', ['Alt+Shift+ArrowUp'], { apart: true, needs: 'edit' }),
  'section-down': inText('edit', ['Alt+Shift+ArrowDown'], { needs: 'edit' }),

  'table-row-above': inTable(['Mod+Alt+Shift+ArrowUp'], { apart: true }),
  'table-row-below': inTable(['Mod+Alt+Shift+ArrowDown']),
  'table-column-left': inTable(['Mod+Alt+Shift+ArrowLeft']),
  'table-column-right': inTable(['Mod+Alt+Shift+ArrowRight']),
  'table-delete-row': inTable(['Mod+Alt+Shift+Backspace']),
  'table-delete-column': inTable(['Mod+Alt+Shift+Delete']),
  'table-delete-table': inTable([]),
  'table-header': inTable(['Mod+Alt+Shift+H'], { needs: 'edit' }),
  'table-merge': inTable(['Mod+Alt+Shift+J'], { needs: 'edit' }),
  'table-split': inTable(['Mod+Alt+Shift+U'], { needs: 'edit' }),
  'table-wider': inTable(['Mod+Alt+Shift+W'], { needs: 'edit' }),
  'table-narrower': inTable(['Mod+Alt+Shift+N'], { needs: 'edit' }),

  claim: inWindow('insert', ['Mod+Shift+K'], { needs: 'edit' }),
  cite: inWindow('insert', ['Mod+Shift+E'], { needs: 'write' }),
  footnote: inText('insert', ['Mod+Alt+F']),
  image: inWindow('insert', ['Mod+Alt+P'], { needs: 'write' }),
  person: inWindow('insert', ['Mod+Shift+O'], { needs: 'write' }),
  refer: inWindow('insert', ['Mod+Shift+J'], { needs: 'write' }),
  // With words selected in the text the key of the palette asks for a link, as in every word processor.
  link: inText('insert', ['Mod+K']),
  table: inWindow('insert', ['Mod+Shift+T'], { needs: 'write' }),
  'part-letterhead': inText('insert', [], { apart: true, family: 'parts' }),
  'part-transmission': inText('insert', [], { family: 'parts' }),
  'part-address': inText('insert', [], { family: 'parts' }),
  'part-re': inText('insert', [], { family: 'parts' }),
  'part-signature': inText('insert', [], { family: 'parts' }),
  'sign-section': inText('insert', ['Alt+S'], { apart: true, family: 'signs' }),
  'sign-paragraph': inText('insert', ['Alt+P'], { family: 'signs' }),
  'sign-enDash': inText('insert', ['Alt+-'], { family: 'signs' }),
  'sign-emDash': inText('insert', ['Alt+Shift+-'], { family: 'signs' }),
  'sign-noBreakSpace': inText('insert', ['Mod+Shift+Space'], { family: 'signs' }),

  bold: inText('format', ['Mod+B']),
  italic: inText('format', ['Mod+I']),
  underline: inText('format', ['Mod+U']),
  'small-caps': inText('format', ['Mod+Alt+K']),
  ...STYLE_COMMANDS,
  'passage-en': inText('format', [], { family: 'passage' }),
  'passage-es': inText('format', [], { family: 'passage' }),

  comment: inWindow('review', ['Mod+Alt+M'], { needs: 'write' }),
  comments: inWindow('review', ['Mod+Alt+Shift+M']),
  suggesting: inWindow('review', ['Mod+Alt+G'], { apart: true, needs: 'write' }),
  suggestions: inWindow('review', ['Mod+Alt+Shift+G']),
  'next-suggestion': inWindow('review', ['Mod+Alt+J'], { needs: 'text' }),
  'previous-suggestion': inWindow('review', ['Mod+Alt+U'], { needs: 'text' }),
  'accept-suggestion': inWindow('review', ['Mod+Alt+Y'], { needs: 'decide' }),
  'reject-suggestion': inWindow('review', ['Mod+Alt+R'], { needs: 'decide' }),
  'next-mistake': inWindow('review', ['F7'], { apart: true, needs: 'text' }),
  spelling: inWindow('review', ['Mod+.'], { needs: 'text' }),
  broken: inWindow('review', [], { needs: 'text' }),
  activity: inWindow('review', ['Mod+Shift+L'], { apart: true }),

  palette: inWindow('view', ['Mod+K']),
  outline: inWindow('view', [], { apart: true }),
  exhibits: inWindow('view', []),
  people: inWindow('view', []),
  left: inWindow('view', ['Mod+\\']),
  right: inWindow('view', ['Mod+Shift+\\']),
  'go-to-page': inWindow('view', ['Mod+G'], { needs: 'text', apart: true }),
  'next-region': inWindow('view', ['F6'], { apart: true }),
  'previous-region': inWindow('view', ['Shift+F6']),
  'reference-back': inText('view', ['Alt+ArrowLeft'], { needs: 'text' }),
  'zoom-in': inWindow('view', ['Mod++'], { apart: true }),
  'zoom-out': inWindow('view', ['Mod+-']),
  'zoom-reset': inWindow('view', ['Mod+0']),
  marks: inWindow('view', []),
  'theme-light': inWindow('view', [], { apart: true, family: 'colors' }),
  'theme-dark': inWindow('view', [], { family: 'colors' }),
  'theme-system': inWindow('view', [], { family: 'colors' }),
  'language-en': inWindow('view', [], { family: 'language' }),
  'language-es': inWindow('view', [], { family: 'language' }),

  keyboard: inWindow('help', ['F1', 'Mod+/']),
  guide: inWindow('help', []),
} satisfies Record<string, Command>;

export type CommandId = keyof typeof TABLE;

/**
 * The one list of what can be done in an open complaint, in the order of the menus. The palette, the application's
 * menu, the toolbar's titles and the keyboard map are made from it, and no key is listened for that it does not name.
 */
export const COMMANDS: Readonly<Record<CommandId, Command>> = TABLE;
export const COMMAND_IDS = Object.keys(TABLE) as readonly CommandId[];

/** True for the id of a command; what a menu sends is checked with it. */
export function isCommandId(id: string): id is CommandId {
  return Object.hasOwn(TABLE, id);
}

/** The keys of a command on this kind of computer. */
export function keysOf(id: CommandId, mac = isMac()): readonly Shortcut[] {
  const { keys, macKeys } = COMMANDS[id];
  return mac ? (macKeys ?? keys) : keys;
}

/** True when the event is one of the command's keys. */
export function isKeyOf(event: PressedKey, id: CommandId): boolean {
  return keysOf(id).some((shortcut) => isShortcut(event, shortcut));
}

const LISTENED: Readonly<Record<Command['keysIn'], readonly CommandId[]>> = {
  window: COMMAND_IDS.filter((id) => COMMANDS[id].keysIn === 'window'),
  text: COMMAND_IDS.filter((id) => COMMANDS[id].keysIn === 'text'),
};

/** The command whose key that is, among those that the window or the text listens for; null for none. */
export function commandOfKey(event: PressedKey, keysIn: Command['keysIn']): CommandId | null {
  // Letters without a modifier are by far the most that is pressed.
  if (!event.ctrlKey && !event.metaKey && !event.altKey && !/^F\d/.test(event.key)) return null;
  return LISTENED[keysIn].find((id) => isKeyOf(event, id)) ?? null;
}
