import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

/** A link that came from outside the window: nothing happens before the person says so. */
export function ReceivedInvitation({ onAccept, onRefuse }: { onAccept(): void; onRefuse(): void }) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <section
      className="notice"
      role="alertdialog"
      aria-labelledby="received-title"
      aria-describedby="received-text"
      tabIndex={-1}
      ref={box}
    >
      <span className="mark" aria-hidden="true">
        !
      </span>
      <div className="grow">
        <h2 className="panel-title" id="received-title">
          {t('join.receivedTitle')}
        </h2>
        <p id="received-text">{t('join.received')}</p>
      </div>
      <button type="button" className="button" onClick={onRefuse}>
        {t('join.refuse')}
      </button>
      <button type="button" className="button" onClick={onAccept}>
        {t('join.accept')}
      </button>
    </section>
  );
}
