const DIGITS = 'abcdefghij';

/**
 * The fixed id of a bundled record: `claim-01` gives `claim7ab22222222`. The same name always gives the same id, and
 * different names give different ids as long as no name spells a digit with its letter. Throws on a name that cannot be written so.
 */
export function sampleId<T extends string>(name: string): T {
  if (!/^[a-z0-9-]{1,16}$/.test(name)) throw new Error(`no id for the name ${name}`);
  return name
    .replace(/\d/g, (digit) => DIGITS[Number(digit)] ?? '')
    .replaceAll('-', '7')
    .padEnd(16, '2') as T;
}
