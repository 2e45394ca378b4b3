import type { KitWords } from '../../../shared/ipc/security.ts';

/** The kit as a page for printing. The words are the interface's; nothing in them is taken for markup. */
export function buildKitPage(words: KitWords, code: string, made: string): string {
  const groups = code
    .split('-')
    .map((group, index) => `<li><small>${index + 1}</small>${escaped(group)}</li>`)
    .join('');
  const paragraphs = words.paragraphs.map((text) => `<p>${escaped(text)}</p>`).join('');
  return `<!doctype html><html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(words.title)}</title><style>
body{font:12pt/1.5 "Tinos","Times New Roman",serif;color:#000;margin:18mm;max-width:165mm}
h1{font-size:20pt;line-height:1.2;margin:0 0 4mm}
.made{color:#444;margin:0 0 8mm}
h2{font-size:11pt;margin:0 0 2mm}
ol{list-style:none;margin:0 0 10mm;padding:6mm;border:1pt solid #000;display:grid;grid-template-columns:repeat(4,1fr);gap:5mm}
li{font:17pt/1.2 "Liberation Mono","DejaVu Sans Mono",Consolas,monospace;letter-spacing:.08em}
small{display:block;font:9pt/1.2 sans-serif;color:#444;letter-spacing:0}
p{margin:0 0 4mm}
</style></head><body><h1>${escaped(words.title)}</h1><p class="made">${escaped(words.madeLabel)} ${escaped(made)}</p>
<h2>${escaped(words.codeLabel)}</h2><ol>${groups}</ol>${paragraphs}</body></html>`;
}

/** The kit as plain text, for a printer that only knows that. */
export function buildKitText(words: KitWords, code: string, made: string): string {
  const lines = [
    words.title,
    `${words.madeLabel} ${made}`,
    '',
    words.codeLabel,
    ...code.split('-').map((group, index) => `  ${index + 1}  ${group}`),
  ];
  return `${[...lines, ...words.paragraphs.flatMap((text) => ['', text])].join('\r\n')}\r\n`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
