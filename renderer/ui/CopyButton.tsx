import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from './bridge.ts';

/** Copies the text through main; says so in its own words until the text changes. `name` tells one of several apart. */
export function CopyButton({ text, label, name }: { text: string; label: string; name?: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState<string | null>(null);
  return (
    <>
      <button
        type="button"
        className="button"
        aria-label={copied === text ? undefined : name}
        onClick={async () => {
          if ((await ask('clipboard/write', { text })).ok) setCopied(text);
        }}
      >
        {copied === text ? t('common.copied') : label}
      </button>
      <span className="visually-hidden" role="status">
        {copied === text ? t('common.copied') : ''}
      </span>
    </>
  );
}
