import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parseLinkAddress } from '../../shared/domain/linkAddress.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { TextField } from '../ui/Field.tsx';
import { useWorkbench } from '../ui/workbench.ts';
import { ToolbarPopover } from './ToolbarPopover.tsx';

/** Makes, changes, removes or copies the link at the caret or on the selected words. */
export function LinkPopover({ onClose }: { onClose(refocus: boolean): void }) {
  const { t } = useTranslation();
  const { session, editor } = useWorkbench();
  const [link] = useState(() => editor?.links.getLink() ?? null);
  const [hasWords] = useState(() => !(editor?.getSelection().collapsed ?? true));
  const [address, setAddress] = useState(link?.address ?? '');
  const [words, setWords] = useState('');
  const [error, setError] = useState<string | null>(null);
  const apply = () => {
    const typed = address.trim();
    const allowed = parseLinkAddress(/^[a-z][a-z0-9+.-]*:/i.test(typed) ? typed : `https://${typed}`);
    if (allowed === null || !/[.:]/.test(typed)) setError(t('links.refused'));
    else if (editor?.links.applyLink(allowed, words.trim())) onClose(true);
    else setError(t('links.noPlace'));
  };
  return (
    <ToolbarPopover label={t('links.title')} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!session.readOnly) apply();
        }}
      >
        {session.readOnly ? (
          <p className="link-address">{link?.address ?? t('links.noPlace')}</p>
        ) : (
          <TextField
            label={t('links.address')}
            value={address}
            error={error}
            maxLength={2_000}
            placeholder="https://"
            onChange={(value) => {
              setAddress(value);
              setError(null);
            }}
          />
        )}
        {!link && !hasWords && !session.readOnly && (
          <TextField label={t('links.words')} hint={t('links.wordsHint')} value={words} onChange={setWords} />
        )}
        {link && <p className="hint">{t('links.why')}</p>}
        <div className="actions end">
          {link && <CopyButton text={link.address} label={t('links.copy')} />}
          {link && !session.readOnly && (
            <button
              type="button"
              className="button"
              onClick={() => {
                editor?.links.removeLink();
                onClose(true);
              }}
            >
              {t('links.remove')}
            </button>
          )}
          <button type="button" className="button" onClick={() => onClose(true)}>
            {t('common.cancel')}
          </button>
          {!session.readOnly && (
            <button type="submit" className="button">
              {link ? t('links.change') : t('links.apply')}
            </button>
          )}
        </div>
      </form>
    </ToolbarPopover>
  );
}
