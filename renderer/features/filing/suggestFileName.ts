/** A file name that every system takes, made from the title; `fallback` when nothing of it is left. Ends in `.docx`. */
export function suggestFileName(title: string, fallback: string): string {
  const name = title
    .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^\.+|[. ]+$/g, '')
    .slice(0, 100)
    .trim();
  return `${name && !/^(con|prn|aux|nul|com\d|lpt\d)$/i.test(name) ? name : fallback}.docx`;
}
