import { useId } from 'react';

/** A choice whose options need a sentence each; radio buttons underneath. */
export function Choice<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: T;
  options: readonly { value: NoInfer<T>; title: string; hint?: string }[];
  onChange(value: NoInfer<T>): void;
}) {
  const name = useId();
  return (
    <fieldset className="field choice">
      <legend>{label}</legend>
      {options.map((option) => (
        <div key={option.value} className="choice-option">
          <label>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              aria-describedby={option.hint ? `${name}-${option.value}` : undefined}
              onChange={() => onChange(option.value)}
            />
            {option.title}
          </label>
          {option.hint && (
            <span className="hint" id={`${name}-${option.value}`}>
              {option.hint}
            </span>
          )}
        </div>
      ))}
    </fieldset>
  );
}
