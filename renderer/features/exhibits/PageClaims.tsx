import { useTranslation } from 'react-i18next';
import type { Exhibit, Link } from '../../../shared/domain/records.ts';
import { useDocumentIndex, useRecords } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';

interface Props {
  exhibit: Exhibit;
  /** Null: no pages on show; all claims are listed alike. */
  page: number | null;
  onPage(page: number): void;
  /** Quotes that were found on the page; absent while the page has no words to search. */
  found?: ReadonlySet<string>;
}

/** Claims that this page proves, then those that other pages prove, and where the text cites the exhibit. */
export function PageClaims({ exhibit, page, onPage, found }: Props) {
  const { t } = useTranslation();
  const { session, editor, open } = useWorkbench();
  const index = useDocumentIndex();
  const links = useRecords(session, 'links').filter((link) => link.exhibitId === exhibit.id);
  const here = page === null ? links : links.filter((link) => link.page === page);
  const elsewhere = page === null ? [] : links.filter((link) => link.page !== page).sort((a, b) => a.page - b.page);
  const citations = index.citations.filter((citation) => citation.exhibitId === exhibit.id);

  const show = (link: Link) => {
    editor?.reveal({ claimId: link.claimId });
    open({ kind: 'claim', claimId: link.claimId });
  };
  const words = (link: Link) => index.claims.get(link.claimId)?.text ?? t('exhibits.claimWithoutWords');
  const number = (link: Link) => index.claims.get(link.claimId)?.number;

  return (
    <div className="page-claims">
      <h3 className="label">{page === null ? t('exhibits.provesAll') : t('exhibits.provesHere', { page })}</h3>
      {here.length === 0 && <p className="soft">{t('exhibits.provesNothing')}</p>}
      <ul>
        {here.map((link) => (
          <li key={link.id}>
            <button type="button" className="page-claims__claim card" onClick={() => show(link)}>
              <b>{number(link) ? `¶ ${number(link)}` : t('exhibits.claimUnnumbered')}</b>
              <span>{words(link)}</span>
              {link.quote && <q className="page-claims__quote">{link.quote}</q>}
              {link.quote && found && (
                <span className="soft">
                  {found.has(link.quote) ? t('exhibits.quoteFound') : t('exhibits.quoteNotFound')}
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
      {elsewhere.length > 0 && (
        <>
          <h3 className="label">{t('exhibits.otherPages')}</h3>
          <ul>
            {elsewhere.map((link) => (
              <li key={link.id} className="page-claims__other">
                <button type="button" className="link-button" onClick={() => onPage(link.page)}>
                  {t('exhibits.atPage', { page: link.page })}
                </button>
                <button type="button" className="link-button page-claims__words" onClick={() => show(link)}>
                  {number(link) ? `¶ ${number(link)} · ` : ''}
                  {words(link)}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      {citations.length > 0 && (
        <>
          <h3 className="label">{t('exhibits.citedAt')}</h3>
          <p className="actions">
            {citations.map((citation) => (
              <button
                key={citation.nodeKey}
                type="button"
                className="chip page-claims__citation"
                onClick={() => editor?.reveal({ nodeKey: citation.nodeKey }, { focus: true })}
              >
                {citation.number ? `¶ ${citation.number}` : t('exhibits.inText')}
                {citation.page > 0 && <span className="soft">{t('exhibits.atPage', { page: citation.page })}</span>}
              </button>
            ))}
          </p>
        </>
      )}
    </div>
  );
}
