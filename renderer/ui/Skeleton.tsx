import { useEffect, useState } from 'react';

/** Grey lines while something loads; nothing for the first 150 ms, so that quick loads do not flicker. */
export function Skeleton({ lines = 4, label }: { lines?: number; label: string }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="skeleton" role="status">
      <span className="visually-hidden">{label}</span>
      {late && Array.from({ length: lines }, (_, line) => <i key={line} style={{ width: `${90 - ((line * 17) % 40)}%` }} />)}
    </div>
  );
}
