const WIDTHS_PX = [240, 200, 160, 120, 80, 48];
const LIMIT_LETTERS = 65_536;

/** A PNG data URL at most 240 px wide and 64 KB long, narrower where the picture does not fit; empty if none does. */
export function paintThumbnail(source: CanvasImageSource, widthPx: number, heightPx: number): string {
  for (const limit of WIDTHS_PX) {
    const scale = Math.min(1, limit / widthPx, (limit * 1.6) / heightPx);
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(widthPx * scale));
    canvas.height = Math.max(1, Math.round(heightPx * scale));
    const context = canvas.getContext('2d');
    if (!context) return '';
    context.imageSmoothingQuality = 'high';
    context.fillStyle = '#fff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(source, 0, 0, canvas.width, canvas.height);
    const url = canvas.toDataURL('image/png');
    if (url.length <= LIMIT_LETTERS) return url;
  }
  return '';
}
