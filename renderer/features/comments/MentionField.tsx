import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Organization } from '../../../shared/domain/records.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { Field } from '../../ui/Field.tsx';
import { useRecords } from '../../ui/useSession.ts';
import { findOpenMention, rankByName } from './parseMentions.ts';
import { checkText, TEXT_LIMIT } from './writeThread.ts';

/**
 * Where a comment is written. An @ offers the organizations: arrows choose, Enter or Tab takes, Escape leaves it.
 * Ctrl Enter sends. What cannot be sent is said and kept.
 */
export function MentionField({
  session,
  label,
  send,
  onSend,
  onCancel,
  autoFocus = false,
}: {
  session: ComplaintSession;
  label: string;
  /** Words on the button. */
  send: string;
  onSend(text: string): void;
  onCancel?: (() => void) | undefined;
  autoFocus?: boolean;
}) {
  const { t } = useTranslation();
  const organizations = useRecords(session, 'organizations');
  const [text, setText] = useState('');
  const [caret, setCaret] = useState(0);
  const [active, setActive] = useState(0);
  const [refused, setRefused] = useState(false);
  /** Start of a mention that was left with Escape. */
  const [left, setLeft] = useState(-1);
  const area = useRef<HTMLTextAreaElement>(null);
  const list = useId();
  useEffect(() => {
    if (autoFocus) area.current?.focus();
  }, [autoFocus]);

  const mention = findOpenMention(text, caret);
  const typed = mention?.typed.toLowerCase() ?? '';
  const offered = mention && mention.start !== left ? rankByName(organizations, typed).slice(0, 8) : [];
  const at = Math.min(active, offered.length - 1);

  const take = (organization: Organization | undefined) => {
    if (!organization || !mention) return;
    const ahead = `${text.slice(0, mention.start)}@${organization.name} `;
    setText(ahead + text.slice(caret).trimStart());
    setCaret(ahead.length);
    setActive(0);
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(ahead.length, ahead.length);
    });
  };
  const submit = () => {
    if (checkText(text)) {
      setRefused(true);
      area.current?.focus();
      return;
    }
    onSend(text);
    setText('');
    setCaret(0);
    setRefused(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
    else if (offered.length > 0 && event.key === 'ArrowDown') setActive((at + 1) % offered.length);
    else if (offered.length > 0 && event.key === 'ArrowUp') setActive((at - 1 + offered.length) % offered.length);
    else if (offered.length > 0 && (event.key === 'Enter' || event.key === 'Tab')) take(offered[at]);
    else if (offered.length > 0 && event.key === 'Escape') setLeft(mention?.start ?? -1);
    else if (event.key === 'Escape' && onCancel && text.trim() === '') onCancel();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const problem = checkText(text);
  const tooLong = problem === 'too-long';
  return (
    <div className="mention-field">
      <Field
        label={label}
        hint={t('comments.mentionHint')}
        error={
          tooLong
            ? t('comments.tooLong', { count: text.trim().length - TEXT_LIMIT, limit: TEXT_LIMIT })
            : refused && problem
              ? t('comments.empty')
              : null
        }
      >
        {(control) => (
          <textarea
            {...control}
            ref={area}
            className="input"
            rows={3}
            value={text}
            role="combobox"
            aria-autocomplete="list"
            aria-expanded={offered.length > 0}
            aria-controls={list}
            aria-activedescendant={offered.length > 0 ? `${list}-${at}` : undefined}
            onChange={(event) => {
              setText(event.target.value);
              setCaret(event.target.selectionStart);
              setActive(0);
              setLeft(-1);
              setRefused(false);
            }}
            onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
            onKeyDown={onKeyDown}
          />
        )}
      </Field>
      <div
        className="mention-list"
        id={list}
        role="listbox"
        aria-label={t('comments.organizations')}
        hidden={offered.length === 0}
      >
        {offered.map((organization, position) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, which keeps the focus
          <div
            key={organization.id}
            id={`${list}-${position}`}
            role="option"
            aria-selected={position === at}
            tabIndex={-1}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => take(organization)}
          >
            <span className="comment-badge" data-comment={(organization.color % 8) + 1} aria-hidden="true">
              {organization.initials}
            </span>
            {organization.name}
          </div>
        ))}
      </div>
      <p className="actions">
        <button
          type="button"
          className="button primary"
          aria-keyshortcuts="Control+Enter"
          title={`${send} (Ctrl Enter)`}
          onClick={submit}
        >
          {send}
        </button>
        {onCancel && (
          <button type="button" className="button quiet" onClick={onCancel}>
            {t('common.cancel')}
          </button>
        )}
      </p>
    </div>
  );
}
