import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Exhibit } from '../../../shared/domain/records.ts';
import { linkClaim } from '../../ui/linkClaim.ts';
import { useCurrentClaim } from '../../ui/useCurrentClaim.ts';
import { useDocumentIndex, useRecords } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';

interface Props {
  exhibit: Exhibit;
  page: number;
  quote: string;
  onQuote(quote: string): void;
  /** The page has words that can be selected. */
  textual: boolean;
}

/** Links the claim in hand to the page on show, with the words selected on it. */
export function LinkBar({ exhibit, page, quote, onQuote, textual }: Props) {
  const { t } = useTranslation();
  const { session, announce } = useWorkbench();
  const index = useDocumentIndex();
  const links = useRecords(session, 'links');
  const claim = useCurrentClaim();
  const quoteId = useId();
  const [done, setDone] = useState('');

  if (!claim) return <p className="link-bar soft">{t('exhibits.chooseClaim')}</p>;
  const placed = index.claims.get(claim.id);
  const linked = links.find((link) => link.claimId === claim.id && link.exhibitId === exhibit.id && link.page === page);
  const newQuote = quote.trim();
  const use = () => {
    const { cited } = linkClaim(session, { claimId: claim.id, exhibitId: exhibit.id, page, quote: newQuote });
    const sentence = t(cited ? 'exhibits.linked' : 'exhibits.linkedNotCited', { page });
    setDone(sentence);
    announce(sentence);
    document.getSelection()?.removeAllRanges();
    onQuote('');
  };
  return (
    <div className="link-bar">
      <p className="link-bar__claim">
        <span className="field-label">
          {placed?.number ? t('exhibits.claimIn', { number: placed.number }) : t('exhibits.claimUnnumbered')}
        </span>
        <span className="link-bar__words">{placed?.text ?? t('exhibits.claimWithoutWords')}</span>
      </p>
      <div className="field">
        <label htmlFor={quoteId}>{t('exhibits.quote')}</label>
        <textarea
          id={quoteId}
          className="input link-bar__quote"
          rows={1}
          maxLength={1_000}
          value={quote}
          placeholder={t(textual ? 'exhibits.quoteHint' : 'exhibits.quoteHintImage')}
          onChange={(event) => {
            setDone('');
            onQuote(event.target.value);
          }}
        />
      </div>
      <div className="actions">
        <button
          type="button"
          className="button primary"
          disabled={linked !== undefined && (newQuote === '' || newQuote === linked.quote)}
          onClick={use}
        >
          {newQuote === ''
            ? t('exhibits.usePage', { page })
            : linked
              ? t('exhibits.changeQuote')
              : t('exhibits.useQuote', { page })}
        </button>
        <span className="hint" role="status">
          {done || (linked && newQuote === '' ? t('exhibits.alreadyLinked') : '')}
        </span>
      </div>
    </div>
  );
}
