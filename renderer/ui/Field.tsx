import { type ReactNode, useId } from 'react';

/** What a control inside a `Field` must carry so that its label, hint and error belong to it. */
export interface FieldControl {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': boolean;
}

/** Label above, control, hint and error below; the control is a function of the ids that tie them together. */
export function Field({
  label,
  hint,
  error,
  children,
}: {
  label: string;
  hint?: string | undefined;
  error?: string | null | undefined;
  children(control: FieldControl): ReactNode;
}) {
  const id = useId();
  const describedBy = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': describedBy || undefined, 'aria-invalid': Boolean(error) })}
      {hint && (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {error && (
        <span className="error" id={`${id}-error`} role="alert">
          {error}
        </span>
      )}
    </div>
  );
}

/** A one-line text field. */
export function TextField({
  label,
  hint,
  error,
  value,
  onChange,
  maxLength = 500,
  autoFocus,
  disabled,
  placeholder,
  mono,
}: {
  label: string;
  hint?: string | undefined;
  error?: string | null | undefined;
  value: string;
  onChange(value: string): void;
  maxLength?: number;
  autoFocus?: boolean;
  disabled?: boolean;
  placeholder?: string;
  mono?: boolean;
}) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <input
          {...control}
          className={`input ${mono ? 'mono' : ''}`}
          type="text"
          value={value}
          maxLength={maxLength}
          disabled={disabled}
          placeholder={placeholder}
          spellCheck={false}
          ref={(element) => {
            if (autoFocus && element && !element.dataset['opened']) {
              element.dataset['opened'] = 'yes';
              element.focus();
            }
          }}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

/** Several lines of text. */
export function TextArea({
  label,
  hint,
  error,
  value,
  onChange,
  rows = 3,
  maxLength = 4_000,
  disabled,
}: {
  label: string;
  hint?: string | undefined;
  error?: string | null | undefined;
  value: string;
  onChange(value: string): void;
  rows?: number;
  maxLength?: number;
  disabled?: boolean;
}) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <textarea
          {...control}
          className="input"
          rows={rows}
          value={value}
          maxLength={maxLength}
          disabled={disabled}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

/** A choice from a short closed list. */
export function SelectField<T extends string>({
  label,
  hint,
  value,
  options,
  onChange,
  disabled,
}: {
  label: string;
  hint?: string | undefined;
  value: T;
  options: readonly { value: NoInfer<T>; title: string }[];
  onChange(value: NoInfer<T>): void;
  disabled?: boolean;
}) {
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <select
          {...control}
          className="input"
          value={value}
          disabled={disabled}
          onChange={(event) => onChange(event.target.value as T)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.title}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
