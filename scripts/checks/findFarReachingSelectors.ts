import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Small controls whose own few elements may be asked for. */
const SMALL = /(?:^|[\s,>+~])(?:\.segmented label|\.bar-title|\.status-bar):has\(/;

/**
 * One sentence for each `:has()` on an element that may hold the page. The browser asks such a rule again whenever any
 * element below comes or goes, and then lays out everything under it: with each key, and each movement of a partner's
 * caret. A class or attribute on the element says the same for nothing.
 */
export function findFarReachingSelectors(root: string): string[] {
  return readdirSync(join(root, 'renderer'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.css'))
    .flatMap((file) =>
      readFileSync(join(root, 'renderer', file), 'utf8')
        .split('\n')
        .flatMap((line, index) =>
          line.includes(':has(') && !SMALL.test(line)
            ? [`renderer/${file}:${index + 1} has :has() on an element that may hold the page; set a class there`]
            : [],
        ),
    );
}
