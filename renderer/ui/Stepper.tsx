import { useId } from 'react';

/** A number moved by two buttons, shown between them. */
export function Stepper({
  label,
  text,
  value,
  min,
  max,
  step,
  smaller,
  larger,
  onChange,
}: {
  label: string;
  text: string;
  value: number;
  min: number;
  max: number;
  step: number;
  smaller: string;
  larger: string;
  onChange(value: number): void;
}) {
  const id = useId();
  return (
    <div className="field">
      <span className="field-label" id={id}>
        {label}
      </span>
      <div className="stepper" role="group" aria-labelledby={id}>
        <button
          type="button"
          className="button"
          aria-label={`${label}: ${smaller}`}
          disabled={value <= min}
          onClick={() => onChange(Math.max(min, value - step))}
        >
          −
        </button>
        <output>{text}</output>
        <button
          type="button"
          className="button"
          aria-label={`${label}: ${larger}`}
          disabled={value >= max}
          onClick={() => onChange(Math.min(max, value + step))}
        >
          +
        </button>
      </div>
    </div>
  );
}
