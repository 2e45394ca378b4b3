// Apart from run.cjs because a very old Node cannot read `import()`.
import('./launch.mjs').then(({ launch }) => launch(process.argv.slice(2)));
