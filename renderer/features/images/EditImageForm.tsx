import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_ALT, parseAlt } from '../../../shared/domain/images/imageRules.ts';
import type { ImagePlace } from '../../editor/ImageApi.ts';
import { formatDate } from '../../i18n/format.ts';
import { TextArea } from '../../ui/Field.tsx';
import { useAuthors } from '../../ui/useAuthors.ts';
import { useNoticeSentence } from '../../ui/useNoticeSentence.ts';
import { useRecords } from '../../ui/useSession.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { WidthField } from './WidthField.tsx';
import './images.css';

/** Words and width of an image in the text, and who looked at it. `children`: where its file is. */
export function EditImageForm({
  image,
  children,
  onClose,
}: {
  image: ImagePlace;
  children: ReactNode;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const { session, editor, language, announce } = useWorkbench();
  const sentenceOf = useNoticeSentence();
  const authorOf = useAuthors(session);
  const record = useRecords(session, 'images').find(({ id }) => id === image.imageId);
  const who = record && authorOf(record.by).organization?.name;
  const [alt, setAlt] = useState(image.alt);
  const [width, setWidth] = useState(image.width);
  const [tried, setTried] = useState(false);
  const fixed = session.readOnly || (editor?.suggestions.isSuggesting() ?? true);
  const save = () => {
    setTried(true);
    if (fixed || parseAlt(alt) === '') return;
    if (editor?.images.change(image.nodeKey, { alt, width })) onClose();
  };
  return (
    <form
      className="image-form"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <TextArea
        label={t('images.alt')}
        hint={t('images.altHint')}
        error={tried && parseAlt(alt) === '' ? t('images.altNeeded') : null}
        value={alt}
        rows={3}
        maxLength={MAX_ALT}
        disabled={fixed}
        onChange={setAlt}
      />
      {!fixed && <WidthField value={width} onChange={setWidth} />}
      {children}
      {record && record.at > 0 && (
        <p className="image-fact">
          {who
            ? t('images.lookedBy', { date: formatDate(record.at, language), who })
            : t('images.lookedOn', { date: formatDate(record.at, language) })}
        </p>
      )}
      {fixed && (
        <p className="note-line thin">
          {session.readOnly ? t('images.readOnly') : sentenceOf({ code: 'image-while-suggesting' })}
        </p>
      )}
      {!session.readOnly && <p className="image-fact">{t('images.keys')}</p>}
      <div className="actions end">
        {!session.readOnly && (
          <button
            type="button"
            className="button"
            onClick={() => {
              if (editor?.images.remove(image.nodeKey)) announce(t('images.removed'));
              onClose();
            }}
          >
            {t('images.remove')}
          </button>
        )}
        <button type="button" className="button" onClick={onClose}>
          {fixed ? t('common.close') : t('common.cancel')}
        </button>
        {!fixed && (
          <button type="submit" className="button primary">
            {t('images.save')}
          </button>
        )}
      </div>
    </form>
  );
}
