import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CLAIM_STATUSES, type Claim, COMPONENTS } from '../../../shared/domain/records.ts';
import type { ComplaintSession } from '../../app/ComplaintSession.ts';
import { CommentButton } from '../../ui/CommentButton.tsx';
import { CommittedField } from '../../ui/CommittedField.tsx';
import { useCurrentClaim } from '../../ui/useCurrentClaim.ts';
import { useIndexPart, useSelectionState } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { ClaimLinks } from './ClaimLinks.tsx';
import { ClaimPeople } from './ClaimPeople.tsx';
import { CoverageChip } from './CoverageChip.tsx';
import { removeClaim } from './makeClaim.ts';
import { NothingSelected } from './NothingSelected.tsx';
import { useCoverage } from './useCoverage.ts';
import './claims.css';

/** The right panel about one claim: the one on show, else the one at the caret. */
export function ClaimsPanel({ session }: { session: ComplaintSession }) {
  const { place } = useWorkbench();
  const shown = useSelectionState().claimIds.length > 0 || place?.kind === 'claim';
  const claim = useCurrentClaim();
  if (!claim || !shown) return <NothingSelected session={session} />;
  return <OpenClaim key={claim.id} claim={claim} />;
}

function OpenClaim({ claim }: { claim: Claim }) {
  const { t } = useTranslation();
  const { session, editor, place, open, back, canGoBack, announce } = useWorkbench();
  const claims = useIndexPart((index) => index.claims);
  const coverage = useCoverage();
  const others = useSelectionState().claimIds.filter((id) => id !== claim.id && claims.has(id));
  const [removing, setRemoving] = useState(false);
  const { readOnly } = session;
  const placed = claims.get(claim.id);
  const write = (fields: Partial<Claim>) => session.writeRecord('claims', { id: claim.id, ...fields });
  const title = placed?.number ? t('claims.titleIn', { number: placed.number }) : t('claims.title');

  return (
    <section className="claims-panel" aria-label={title}>
      <header className="claims-panel__head">
        <h2 className="panel-title">
          {placed ? (
            <button
              type="button"
              className="link-button claims-panel__place"
              title={t('claims.showInText')}
              onClick={() => editor?.reveal({ claimId: claim.id }, { focus: true })}
            >
              {title}
            </button>
          ) : (
            title
          )}
        </h2>
      </header>
      <p className="claims-panel__words">{placed?.text ?? t('claims.withoutWords')}</p>
      <p className="claims-panel__chips">
        <CoverageChip coverage={coverage.get(claim.id) ?? 'missing'} />
        <span className="chip neutral">{t(`claims.statuses.${claim.status}`)}</span>
      </p>
      {others.length > 0 && (
        <p className="claims-panel__others">
          {others.map((id) => (
            <button key={id} type="button" className="link-button" onClick={() => open({ kind: 'claim', claimId: id })}>
              {t('claims.alsoHere', { words: shorten(claims.get(id)?.text ?? '') })}
            </button>
          ))}
        </p>
      )}

      <CommentButton anchor="claim" target={claim.id} quote={placed?.text ?? ''} />
      <ClaimLinks claim={claim} />

      <h3 className="label">{t('claims.about')}</h3>
      <div className="claims-pair">
        <div className="field">
          <label htmlFor={`component-${claim.id}`}>{t('claims.fields.component')}</label>
          <select
            id={`component-${claim.id}`}
            className="input"
            disabled={readOnly}
            value={claim.component}
            onChange={(event) => write({ component: event.target.value as Claim['component'] })}
          >
            {COMPONENTS.map((component) => (
              <option key={component} value={component}>
                {component === 'none' ? t('claims.noComponent') : component}
              </option>
            ))}
          </select>
        </div>
        <CommittedField
          label={t('claims.fields.date')}
          value={claim.date}
          readOnly={readOnly}
          maxLength={120}
          placeholder={t('claims.dateHint')}
          onCommit={(date) => write({ date: date.trim() })}
        />
      </div>
      <div className="field">
        <label htmlFor={`status-${claim.id}`}>{t('claims.fields.status')}</label>
        <select
          id={`status-${claim.id}`}
          className="input"
          disabled={readOnly}
          value={claim.status}
          onChange={(event) => write({ status: event.target.value as Claim['status'] })}
        >
          {CLAIM_STATUSES.map((status) => (
            <option key={status} value={status}>
              {t(`claims.statuses.${status}`)}
            </option>
          ))}
        </select>
      </div>
      <ClaimPeople claim={claim} onChange={(people) => write({ people })} readOnly={readOnly} />
      <CommittedField
        label={t('claims.fields.note')}
        value={claim.note}
        multiline
        readOnly={readOnly}
        placeholder={t('claims.noteHint')}
        onCommit={(note) => write({ note: note.trim() })}
      />

      {!readOnly &&
        (removing ? (
          <div className="note-line missing" role="alert">
            <p>{t('claims.confirmRemove')}</p>
            <div className="actions">
              <button
                type="button"
                className="button"
                onClick={() => {
                  removeClaim(session, claim.id);
                  announce(t('claims.removed'));
                  if (place?.kind === 'claim' && canGoBack) back();
                }}
              >
                {t('claims.removeNow')}
              </button>
              <button type="button" className="button quiet" onClick={() => setRemoving(false)}>
                {t('common.cancel')}
              </button>
            </div>
          </div>
        ) : (
          <button type="button" className="button quiet claims-panel__remove" onClick={() => setRemoving(true)}>
            {t('claims.remove')}
          </button>
        ))}
    </section>
  );
}

function shorten(words: string): string {
  return words.length > 60 ? `${words.slice(0, 57).trimEnd()}…` : words;
}
