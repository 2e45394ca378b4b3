import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';

const STEP_PX = 16;

/** The draggable edge of a sidebar: pointer, or arrow keys, Home and End. Widths in CSS px of the zoomed interface. */
export function Splitter({
  side,
  label,
  controls,
  widthPx,
  minPx,
  maxPx,
  onResize,
  onCommit,
}: {
  /** Which edge of the middle it stands at: `left` grows to the right. */
  side: 'left' | 'right';
  label: string;
  controls: string;
  widthPx: number;
  minPx: number;
  maxPx: number;
  onResize(widthPx: number): void;
  onCommit(widthPx: number): void;
}) {
  const start = useRef<{ x: number; widthPx: number } | null>(null);
  const latestPx = useRef(widthPx);
  const [dragging, setDragging] = useState(false);
  const clamp = (value: number) => Math.round(Math.min(maxPx, Math.max(minPx, value)));
  const growth = side === 'left' ? 1 : -1;

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, widthPx };
    latestPx.current = widthPx;
    setDragging(true);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (!start.current) return;
    const zoom = event.currentTarget.currentCSSZoom || 1;
    latestPx.current = clamp(start.current.widthPx + (growth * (event.clientX - start.current.x)) / zoom);
    onResize(latestPx.current);
  };
  const finish = () => {
    if (!start.current) return;
    start.current = null;
    setDragging(false);
    onCommit(latestPx.current);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next =
      event.key === 'ArrowRight'
        ? widthPx + growth * STEP_PX
        : event.key === 'ArrowLeft'
          ? widthPx - growth * STEP_PX
          : event.key === 'Home'
            ? minPx
            : event.key === 'End'
              ? maxPx
              : null;
    if (next === null) return;
    event.preventDefault();
    onResize(clamp(next));
    onCommit(clamp(next));
  };
  return (
    <div
      className={`splitter ${dragging ? 'dragging' : ''}`}
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={label}
      aria-controls={controls}
      aria-valuenow={widthPx}
      aria-valuemin={minPx}
      aria-valuemax={maxPx}
      style={side === 'left' ? { right: -5 } : { left: -5 }}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={finish}
      onPointerCancel={finish}
      onKeyDown={onKeyDown}
    />
  );
}
