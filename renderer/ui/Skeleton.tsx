import { useEffect, useState } from 'react';

const WIDTHS = ['90%', '73%', '56%', '79%', '62%', '85%'];

/** Up to six grey lines while something loads; nothing for the first 150 ms, so that quick loads do not flicker. */
export function Skeleton({ lines = 4, label }: { lines?: number; label: string }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="skeleton" role="status">
      <span className="visually-hidden">{label}</span>
      {late && WIDTHS.slice(0, lines).map((width) => <i key={width} style={{ width }} />)}
    </div>
  );
}
