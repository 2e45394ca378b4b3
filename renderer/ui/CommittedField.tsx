import { type KeyboardEvent, useId, useState } from 'react';

interface Props {
  label: string;
  value: string;
  onCommit(value: string): void;
  multiline?: boolean;
  readOnly?: boolean;
  placeholder?: string;
  maxLength?: number;
  className?: string;
}

/**
 * A labelled field of a record. It is written when the person leaves it or presses Enter; Escape puts back what was
 * there. While it is being edited a partner's change of the same field waits, and shows if nothing was typed.
 */
export function CommittedField({
  label,
  value,
  onCommit,
  multiline = false,
  readOnly = false,
  placeholder,
  maxLength = 2_000,
  className = '',
}: Props) {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const commit = () => {
    if (draft !== null && draft !== value) onCommit(draft);
    setDraft(null);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape' && draft !== null) {
      event.stopPropagation();
      setDraft(null);
    } else if (event.key === 'Enter' && (!multiline || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      commit();
    }
  };
  const shared = {
    id,
    readOnly,
    maxLength,
    placeholder,
    onKeyDown,
    value: draft ?? value,
    onBlur: commit,
  };
  return (
    <div className={`field ${className}`}>
      <label htmlFor={id}>{label}</label>
      {multiline ? (
        <textarea {...shared} className="input" rows={2} onChange={(event) => setDraft(event.target.value)} />
      ) : (
        <input {...shared} className="input" type="text" onChange={(event) => setDraft(event.target.value)} />
      )}
    </div>
  );
}
