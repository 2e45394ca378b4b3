/** Ids as `freshId` draws them, the same in every run. */
export function drawIds(): () => string {
  let count = 0;
  return () =>
    (count++)
      .toString(26)
      .replace(/[0-9]/g, (digit) => 'qrstuvwxyz'[Number(digit)] as string)
      .padStart(16, 'a');
}
