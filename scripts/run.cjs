// Every npm script goes through here: `node scripts/run.cjs <command> [flags]`. This file is written so that a very
// old Node can still read it and say what is needed.
var wanted = [20, 19];
var have = process.versions.node.split('.').map(Number);
if (have[0] < wanted[0] || (have[0] === wanted[0] && have[1] < wanted[1])) {
  console.error(
    'Alegato needs Node ' +
      wanted.join('.') +
      ' or newer; this is Node ' +
      process.versions.node +
      '. Please install a newer one from nodejs.org and try again.',
  );
  process.exit(1);
} else {
  require('./launch/begin.cjs');
}
