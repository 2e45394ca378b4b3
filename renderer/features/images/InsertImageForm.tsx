import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageId } from '../../../shared/domain/ids.ts';
import { firstImageWidth, MAX_ALT, parseAlt } from '../../../shared/domain/images/imageRules.ts';
import { deviceOfClient } from '../../../shared/sync/clientIds.ts';
import { formatNumber } from '../../i18n/format.ts';
import { ask } from '../../ui/bridge.ts';
import { TextArea } from '../../ui/Field.tsx';
import { freshId } from '../../ui/freshId.ts';
import { useNoticeSentence } from '../../ui/useNoticeSentence.ts';
import { useWorkbench } from '../../ui/workbench.ts';
import { type PreparedImage, prepareImage } from './prepareImage.ts';
import { WidthField } from './WidthField.tsx';
import './images.css';

type Chosen = { state: 'none' | 'reading' } | { state: 'refused'; sentence: string } | ReadyImage;
type ReadyImage = { state: 'ready'; image: PreparedImage; url: string };

/** Asks for an image, its words and whether somebody looked at it; `files` are those that were pasted or dropped. */
export function InsertImageForm({ files, onClose }: { files: readonly File[]; onClose(): void }) {
  const { t } = useTranslation();
  const { session, editor, language, announce } = useWorkbench();
  const sentenceOf = useNoticeSentence();
  const input = useRef<HTMLInputElement>(null);
  const lookedId = useId();
  const [waiting, setWaiting] = useState(files);
  const [chosen, setChosen] = useState<Chosen>({ state: 'none' });
  const [alt, setAlt] = useState('');
  const [width, setWidth] = useState(100);
  const [looked, setLooked] = useState(false);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const ready = chosen.state === 'ready' ? chosen : null;
  const url = ready?.url;
  useEffect(() => (url ? () => URL.revokeObjectURL(url) : undefined), [url]);

  const round = useRef(0);
  const choose = async (file: File) => {
    round.current += 1;
    const current = round.current;
    setChosen({ state: 'reading' });
    setLooked(false);
    setTried(false);
    setFailure(null);
    const prepared = await prepareImage(file);
    if (current !== round.current) return;
    if (!prepared.ok) return setChosen({ state: 'refused', sentence: sentenceOf(prepared.error) });
    setWidth(firstImageWidth(prepared.value.widthPx));
    setChosen({ state: 'ready', image: prepared.value, url: URL.createObjectURL(prepared.value.blob) });
  };
  const take = useRef(choose);
  take.current = choose;
  const [next] = waiting;
  useEffect(() => {
    if (next) void take.current(next);
  }, [next]);

  const insert = async () => {
    setTried(true);
    setFailure(null);
    if (!ready || parseAlt(alt) === '' || !looked || busy || !editor) return;
    if (!editor.images.canInsert()) return setFailure(sentenceOf({ code: 'image-needs-caret' }));
    setBusy(true);
    const sealed = await ask('images/seal', { complaintId: session.complaintId, bytes: ready.image.bytes });
    setBusy(false);
    if (!sealed.ok) return setFailure(sentenceOf(sealed.error));
    const id = freshId<ImageId>();
    if (!editor.images.insert({ imageId: id, alt, width }))
      return setFailure(sentenceOf({ code: 'image-needs-caret' }));
    session.writeRecord('images', { id, ...sealed.value, by: deviceOfClient(session.doc.clientID), at: Date.now() });
    announce(t('images.inserted'));
    const rest = waiting.slice(1);
    if (rest.length === 0) return onClose();
    setAlt('');
    setTried(false);
    setChosen({ state: 'none' });
    setWaiting(rest);
  };
  const number = (value: number) => formatNumber(value, language);
  return (
    <form
      className="image-form"
      aria-busy={busy || chosen.state === 'reading'}
      onSubmit={(event) => {
        event.preventDefault();
        void insert();
      }}
    >
      {ready && (
        <figure className="image-preview">
          <img src={ready.url} alt={t('images.preview')} />
          <figcaption className="hint">
            {t('images.facts', { width: number(ready.image.widthPx), height: number(ready.image.heightPx) })}
            {waiting.length > 1 && ` · ${t('images.next', { count: waiting.length - 1 })}`}
          </figcaption>
        </figure>
      )}
      <div className="field">
        <button type="button" className="button" disabled={busy} onClick={() => input.current?.click()}>
          {chosen.state === 'none' ? t('images.choose') : t('images.chooseOther')}
        </button>
        <input
          ref={input}
          type="file"
          hidden
          accept="image/png,image/jpeg"
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            event.target.value = '';
            if (file) void choose(file);
          }}
        />
        {chosen.state === 'none' && <span className="hint">{t('images.chooseHint')}</span>}
        {chosen.state === 'reading' && (
          <span className="hint" role="status">
            {t('images.reading')}
          </span>
        )}
        {chosen.state === 'ready' && <span className="hint">{t('images.cleaned')}</span>}
        {chosen.state === 'refused' && (
          <span className="error" role="alert">
            {chosen.sentence}
          </span>
        )}
        {tried && chosen.state === 'none' && (
          <span className="error" role="alert">
            {t('images.chooseFirst')}
          </span>
        )}
      </div>
      <TextArea
        label={t('images.alt')}
        hint={t('images.altHint')}
        error={tried && parseAlt(alt) === '' ? t('images.altNeeded') : null}
        value={alt}
        rows={3}
        maxLength={MAX_ALT}
        disabled={busy}
        onChange={setAlt}
      />
      <WidthField value={width} onChange={setWidth} />
      <div className="field">
        <label className="image-looked" htmlFor={lookedId}>
          <input
            id={lookedId}
            type="checkbox"
            checked={looked}
            disabled={!ready || busy}
            aria-describedby={`${lookedId}-hint`}
            onChange={(event) => setLooked(event.target.checked)}
          />
          {t('images.looked')}
        </label>
        <span className="hint" id={`${lookedId}-hint`}>
          {t('images.lookedHint')}
        </span>
        {tried && ready && !looked && (
          <span className="error" role="alert">
            {t('images.lookedNeeded')}
          </span>
        )}
      </div>
      {failure && (
        <p className="note-line missing" role="alert">
          {failure}
        </p>
      )}
      <div className="actions end">
        <button type="button" className="button" disabled={busy} onClick={onClose}>
          {t('common.cancel')}
        </button>
        <button type="submit" className="button primary" disabled={busy}>
          {busy ? t('images.inserting') : t('images.insert')}
        </button>
      </div>
    </form>
  );
}
