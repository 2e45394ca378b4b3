import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { BLOCK_STYLES, type BlockStyle } from '../../shared/domain/document.ts';
import { isLetterPart, LETTER_PARTS, type LetterPart } from '../../shared/domain/letterParts.ts';
import { PassageLanguageSelect } from '../features/spelling/PassageLanguageSelect.tsx';
import { SuggestingButton } from '../features/suggestions/SuggestingButton.tsx';
import { useCommands } from '../ui/commands/CommandsContext.ts';
import { COMMAND_IDS, type CommandId } from '../ui/commands/commands.ts';
import { commandAria, commandName, commandTitle } from '../ui/commands/commandWords.ts';
import { useSelectionState } from '../ui/useSession.ts';
import { useWorkbench } from '../ui/workbench.ts';
import { CitePopover } from './CitePopover.tsx';
import { ImagePopover, type ImageSubject } from './ImagePopover.tsx';
import { LinkPopover } from './LinkPopover.tsx';
import { MoreTools } from './MoreTools.tsx';
import { PersonPopover } from './PersonPopover.tsx';
import { useFittingTools } from './useFittingTools.ts';
import './toolbar.css';

export type ToolbarPopoverName = 'cite' | 'person' | 'link' | 'image';

/** In the order in which they leave the bar for its menu when there is no room. */
const LEAVING = [
  'passage',
  'image',
  'table',
  'refer',
  'person',
  'link',
  'footnote',
  'redo',
  'undo',
  'underline',
  'cite',
] as const satisfies readonly (CommandId | 'passage')[];

/** What is in the menu always: used too seldom for a place of its own. */
const SELDOM: readonly CommandId[] = ['small-caps', 'section-up', 'section-down'];

/** The floating bar over the page, in one row: styles, formats, and what ties words to proof and people. */
export function Toolbar({
  popover,
  imageSubject,
  onPopover,
  children,
}: {
  popover: ToolbarPopoverName | null;
  /** Null: what is selected, or a new image. */
  imageSubject: ImageSubject | null;
  onPopover(popover: ToolbarPopoverName | null): void;
  /** What hangs under the bar. */
  children?: ReactNode;
}) {
  const { t, i18n } = useTranslation();
  const { editor, session } = useWorkbench();
  const { run } = useCommands();
  const { formats, blockStyle, collapsed, claimIds } = useSelectionState();
  const bar = useRef<HTMLDivElement>(null);
  const disabled = !editor || session.readOnly;
  const left = useFittingTools(bar, LEAVING, i18n.language);

  const onKeyDown = (event: KeyboardEvent) => {
    const controls = [...(bar.current?.querySelectorAll<HTMLElement>('select, button') ?? [])].filter(
      (control) => !control.hasAttribute('disabled'),
    );
    const at = controls.indexOf(document.activeElement as HTMLElement);
    if (at < 0) return;
    if (event.key === 'Escape') editor?.focus();
    const next =
      event.key === 'ArrowRight'
        ? at + 1
        : event.key === 'ArrowLeft'
          ? at - 1
          : event.key === 'Home'
            ? 0
            : event.key === 'End'
              ? controls.length - 1
              : null;
    if (next === null) return;
    event.preventDefault();
    controls[(next + controls.length) % controls.length]?.focus();
  };
  // The pointer must not take the selection away from the text.
  const keepSelection = (event: { preventDefault(): void }) => event.preventDefault();
  const tool = (
    id: CommandId,
    content: ReactNode,
    { pressed = null, opens }: { pressed?: boolean | null; opens?: ToolbarPopoverName } = {},
  ) =>
    left.has(id) ? null : (
      <button
        key={id}
        type="button"
        data-tool={(LEAVING as readonly string[]).includes(id) ? id : undefined}
        className={`tool ${pressed ? 'on' : ''}`}
        aria-label={typeof content === 'string' ? undefined : commandName(t, id)}
        title={commandTitle(t, id)}
        aria-keyshortcuts={commandAria(id)}
        aria-pressed={pressed ?? undefined}
        disabled={disabled}
        {...(opens
          ? { 'data-popover-button': '', 'aria-haspopup': 'dialog' as const, 'aria-expanded': popover === opens }
          : {})}
        tabIndex={-1}
        onMouseDown={keepSelection}
        onClick={() => (opens && popover === opens ? onPopover(null) : run(id))}
      >
        {content}
      </button>
    );
  const line = <i className="tool-line" aria-hidden="true" />;
  const inMenu = new Set<string>([...left, ...SELDOM]);
  if (left.has('passage')) for (const id of ['passage-en', 'passage-es']) inMenu.add(id);
  const closePopover = (refocus: boolean) => {
    onPopover(null);
    if (refocus) editor?.focus();
  };
  return (
    <div className="toolbar-place">
      <div className="toolbar" role="toolbar" aria-label={t('toolbar.label')} ref={bar} onKeyDown={onKeyDown}>
        <select
          className="tool style"
          aria-label={t('toolbar.style')}
          title={t('toolbar.style')}
          disabled={disabled}
          value={blockStyle === null ? '' : `style-${blockStyle}`}
          onChange={(event) => run(event.target.value as `style-${BlockStyle}` | `part-${LetterPart}`)}
        >
          {blockStyle === null && <option value="">{t('toolbar.style')}</option>}
          {BLOCK_STYLES.filter((style) => !isLetterPart(style)).map((style) => (
            <option key={style} value={`style-${style}`}>
              {t(`styles.${style}`)}
            </option>
          ))}
          <optgroup label={t('pages.partsGroup')}>
            {LETTER_PARTS.map((part) => (
              <option key={part} value={`style-${part}`}>
                {t(`styles.${part}`)}
              </option>
            ))}
          </optgroup>
          <optgroup label={t('pages.insertGroup')}>
            {LETTER_PARTS.map((part) => (
              <option key={part} value={`part-${part}`}>
                {t(`pages.insert.${part}`)}
              </option>
            ))}
          </optgroup>
        </select>
        {line}
        {tool('bold', <b>B</b>, { pressed: formats.bold })}
        {tool('italic', <i className="serif">I</i>, { pressed: formats.italic })}
        {tool('underline', <u>U</u>, { pressed: formats.underline })}
        {line}
        {tool('claim', t('toolbar.claim'), { pressed: !collapsed && claimIds.length > 0 ? true : null })}
        {tool('comment', t('comments.add'))}
        {tool('cite', t('toolbar.cite'), { opens: 'cite' })}
        {tool('footnote', t('footnotes.tool'))}
        {tool('person', t('toolbar.person'), { opens: 'person' })}
        {tool('refer', t('references.button'))}
        {tool('link', t('links.tool'), { opens: 'link' })}
        {tool('image', t('images.tool'), { opens: 'image' })}
        {tool('table', t('tables.tool'))}
        {line}
        {!left.has('passage') && (
          <span data-tool="passage">
            <PassageLanguageSelect />
          </span>
        )}
        <SuggestingButton />
        {line}
        {tool('undo', <span className="tool-turn">↶</span>)}
        {tool('redo', <span className="tool-turn">↷</span>)}
        <MoreTools ids={COMMAND_IDS.filter((id) => inMenu.has(id))} disabled={disabled} />
      </div>
      {popover === 'cite' && <CitePopover onClose={closePopover} />}
      {popover === 'person' && <PersonPopover onClose={closePopover} />}
      {popover === 'link' && <LinkPopover onClose={closePopover} />}
      {popover === 'image' && <ImagePopover subject={imageSubject} onClose={closePopover} />}
      {children}
    </div>
  );
}
