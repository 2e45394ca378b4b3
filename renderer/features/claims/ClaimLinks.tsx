import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Claim, Link } from '../../../shared/domain/records.ts';
import { CommittedField } from '../../ui/CommittedField.tsx';
import { useIndexPart, useRecords } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { ExhibitPicker } from './ExhibitPicker.tsx';

/** What proves the claim, and a way to link more. */
export function ClaimLinks({ claim }: { claim: Claim }) {
  const { t } = useTranslation();
  const { session } = useWorkbench();
  const links = useRecords(session, 'links').filter((link) => link.claimId === claim.id);
  const [picking, setPicking] = useState(false);
  return (
    <div className="claim-links">
      <h3 className="label">{t('claims.provedBy')}</h3>
      {links.length === 0 && <p className="soft">{t('claims.provedByNothing')}</p>}
      <ul>
        {links.map((link) => (
          <ClaimLink key={link.id} link={link} />
        ))}
      </ul>
      {!session.readOnly &&
        (picking ? (
          <ExhibitPicker claim={claim} onDone={() => setPicking(false)} />
        ) : (
          <button type="button" className="button claim-links__add" onClick={() => setPicking(true)}>
            {t('claims.linkExhibit')}
          </button>
        ))}
    </div>
  );
}

function ClaimLink({ link }: { link: Link }) {
  const { t } = useTranslation();
  const { session, open, announce } = useWorkbench();
  const labels = useIndexPart((index) => index.labels);
  const exhibit = useRecords(session, 'exhibits').find((entry) => entry.id === link.exhibitId);
  const [editing, setEditing] = useState(false);
  const label = labels.get(link.exhibitId) ?? '';
  const name = link.page > 0 ? t('claims.exhibitAt', { label, page: link.page }) : t('exhibits.label', { label });
  const remove = () => {
    session.deleteRecord('links', link.id);
    announce(t('claims.linkRemoved'));
  };
  return (
    <li className="card claim-link">
      <p className="claim-link__head">
        {exhibit ? (
          <button
            type="button"
            className="link-button claim-link__open"
            title={t('claims.openPage')}
            onClick={() => open({ kind: 'exhibit', exhibitId: link.exhibitId, page: link.page })}
          >
            <b className="exhibit-label">{name}</b>
          </button>
        ) : (
          <b>{t('claims.exhibitGone')}</b>
        )}
        <span className="claim-link__title soft">{exhibit?.title || (exhibit && t('exhibits.untitled'))}</span>
      </p>
      {exhibit && exhibit.blobId === '' && <p className="hint">{t('claims.fileMissing')}</p>}
      {link.quote && !editing && <blockquote className="claim-link__quote">“{link.quote}”</blockquote>}
      {editing && (
        <CommittedField
          label={t('exhibits.quote')}
          value={link.quote}
          multiline
          maxLength={1_000}
          onCommit={(quote) => {
            session.writeRecord('links', { id: link.id, quote: quote.trim() });
            setEditing(false);
          }}
        />
      )}
      {!session.readOnly && (
        <p className="actions claim-link__actions">
          <button
            type="button"
            className="link-button"
            aria-expanded={editing}
            onClick={() => setEditing(!editing)}
            aria-label={t('claims.editQuoteNamed', { name })}
          >
            {link.quote ? t('claims.editQuote') : t('claims.addQuote')}
          </button>
          <button
            type="button"
            className="link-button"
            onClick={remove}
            aria-label={t('claims.removeLinkNamed', { name })}
          >
            {t('common.remove')}
          </button>
        </p>
      )}
    </li>
  );
}
