import { Field } from '../../ui/Field.tsx';

/** A line for something secret; hidden unless the person wants to see it. Nothing offers to remember it. */
export function SecretField({
  label,
  hint,
  error,
  value,
  shown,
  autoFocus,
  onChange,
}: {
  label: string;
  hint?: string;
  error?: string | null;
  value: string;
  shown: boolean;
  autoFocus?: boolean;
  onChange(value: string): void;
}) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <input
          {...control}
          className="input"
          type={shown ? 'text' : 'password'}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={1_024}
          value={value}
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
