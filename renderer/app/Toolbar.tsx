import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { BLOCK_STYLES, type BlockStyle } from '../../shared/domain/document.ts';
import { PassageLanguageSelect } from '../features/spelling/PassageLanguageSelect.tsx';
import { SuggestingButton } from '../features/suggestions/SuggestingButton.tsx';
import { useSelectionState } from '../ui/useSession.ts';
import { useWorkbench } from '../ui/workbench.ts';
import { CitePopover } from './CitePopover.tsx';
import { LinkPopover } from './LinkPopover.tsx';
import { PersonPopover } from './PersonPopover.tsx';
import './toolbar.css';

export type ToolbarPopoverName = 'cite' | 'person' | 'link';

/** The floating bar over the page: styles, formats, and what ties words to proof and people. */
export function Toolbar({
  popover,
  onPopover,
  onMarkClaim,
  onComment,
  children,
}: {
  popover: ToolbarPopoverName | null;
  onPopover(popover: ToolbarPopoverName | null): void;
  onMarkClaim(): void;
  onComment(): void;
  /** What hangs under the bar. */
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  const { editor, session, announce } = useWorkbench();
  const { formats, blockStyle, collapsed, claimIds } = useSelectionState();
  const bar = useRef<HTMLDivElement>(null);
  const disabled = !editor || session.readOnly;

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
  const button = (
    name: string,
    content: ReactNode,
    keys: string,
    pressed: boolean | null,
    run: () => void,
    popoverName?: ToolbarPopoverName,
  ) => (
    <button
      type="button"
      className={`tool ${pressed ? 'on' : ''}`}
      aria-label={typeof content === 'string' ? undefined : name}
      title={keys ? `${name} (${keys})` : name}
      aria-pressed={pressed ?? undefined}
      disabled={disabled}
      {...(popoverName
        ? { 'data-popover-button': '', 'aria-haspopup': 'dialog' as const, 'aria-expanded': popover === popoverName }
        : {})}
      tabIndex={-1}
      onMouseDown={keepSelection}
      onClick={run}
    >
      {content}
    </button>
  );
  const insertFootnote = () => {
    if (!editor?.insertFootnote()) announce(t('footnotes.needsCaret'));
  };
  const toggle = (name: ToolbarPopoverName) => onPopover(popover === name ? null : name);
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
          value={blockStyle ?? ''}
          onChange={(event) => {
            editor?.setBlockStyle(event.target.value as BlockStyle);
            editor?.focus();
          }}
        >
          {blockStyle === null && <option value="">{t('toolbar.style')}</option>}
          {BLOCK_STYLES.map((style) => (
            <option key={style} value={style}>
              {t(`styles.${style}`)}
            </option>
          ))}
        </select>
        <i className="tool-line" aria-hidden="true" />
        {button(t('toolbar.bold'), <b>B</b>, 'Ctrl B', formats.bold, () => editor?.toggleFormat('bold'))}
        {button(t('toolbar.italic'), <i className="serif">I</i>, 'Ctrl I', formats.italic, () =>
          editor?.toggleFormat('italic'),
        )}
        {button(t('toolbar.underline'), <u>U</u>, 'Ctrl U', formats.underline, () => editor?.toggleFormat('underline'))}
        {button(t('toolbar.smallCaps'), <span className="small-caps-mark" />, '', formats.smallCaps, () =>
          editor?.toggleFormat('small-caps'),
        )}
        <i className="tool-line" aria-hidden="true" />
        {button(
          t('toolbar.claimHint'),
          t('toolbar.claim'),
          'Ctrl Shift K',
          !collapsed ? null : claimIds.length > 0 ? true : null,
          onMarkClaim,
        )}
        {button(t('comments.addHint'), t('comments.add'), 'Ctrl Alt M', null, onComment)}
        {button(t('toolbar.citeHint'), t('toolbar.cite'), 'Ctrl Shift E', null, () => toggle('cite'), 'cite')}
        {button(t('footnotes.insert'), t('footnotes.tool'), 'Ctrl Alt F', null, insertFootnote)}
        {button(t('toolbar.personHint'), t('toolbar.person'), 'Ctrl Shift O', null, () => toggle('person'), 'person')}
        {button(t('references.buttonHint'), t('references.button'), 'Ctrl Shift J', null, () => {
          editor?.focus();
          editor?.askForReference();
        })}
        {button(t('links.hint'), t('links.tool'), 'Ctrl K', null, () => toggle('link'), 'link')}
        <i className="tool-line" aria-hidden="true" />
        <PassageLanguageSelect />
        <SuggestingButton />
        <i className="tool-line" aria-hidden="true" />
        {button(t('toolbar.undo'), t('toolbar.undo'), 'Ctrl Z', null, () => editor?.undo())}
        {button(t('toolbar.redo'), t('toolbar.redo'), 'Ctrl Y', null, () => editor?.redo())}
      </div>
      {popover === 'cite' && <CitePopover onClose={closePopover} />}
      {popover === 'person' && <PersonPopover onClose={closePopover} />}
      {popover === 'link' && <LinkPopover onClose={closePopover} />}
      {children}
    </div>
  );
}
