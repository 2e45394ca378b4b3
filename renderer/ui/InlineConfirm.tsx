import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

/** A question in the place it is about, instead of a dialog; Escape answers no. */
export function InlineConfirm({
  question,
  action,
  onConfirm,
  onCancel,
}: {
  question: string;
  action: string;
  onConfirm(): void;
  onCancel(): void;
}) {
  const { t } = useTranslation();
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => cancel.current?.focus(), []);
  return (
    <div
      className="card"
      role="group"
      aria-label={question}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          onCancel();
        }
      }}
    >
      <p>{question}</p>
      <div className="actions end">
        <button type="button" className="button" ref={cancel} onClick={onCancel}>
          {t('common.cancel')}
        </button>
        <button type="button" className="button" onClick={onConfirm}>
          {action}
        </button>
      </div>
    </div>
  );
}
