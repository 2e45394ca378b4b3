// The steps every command is made of, in their order.
import { ensureBuild } from './build.mjs';
import { run } from './child.mjs';
import { ensureSystemLibraries } from './debian.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { displayArgs, displayIsVisible, hasVirtualDisplay, withVirtualDisplay } from './display.mjs';
import { electronEnvironment, ensureElectron } from './electron.mjs';
import { Stop } from './say.mjs';

/** Sets up everything the built application needs and resolves with the runtime. */
export async function setUpApplication({ virtualDisplay }) {
  await ensureDependencies();
  const electron = await ensureElectron();
  await ensureSystemLibraries(electron.executable, { virtualDisplay });
  await ensureBuild();
  return virtualDisplay ? electron : { ...electron, args: [...electron.args, ...(await displayArgs())] };
}

/**
 * Sets up, then runs `work(environment)` with the variables a script needs to start the application: on the screen
 * with `show`, on a virtual display of its own otherwise.
 */
export async function withApplication({ show = false }, work) {
  if (show && !(await displayIsVisible()))
    throw new Stop('There is no display here that a person could see; leave out --show.', 2);
  const virtualDisplay = hasVirtualDisplay && !show;
  const electron = await setUpApplication({ virtualDisplay });
  const environment = electronEnvironment(electron);
  return virtualDisplay ? withVirtualDisplay((display) => work({ ...environment, ...display })) : work(environment);
}

/** Runs a TypeScript file under Node and resolves like `run`. */
export function runTypeScript(path, flags = [], options) {
  return run(process.execPath, ['--import', 'tsx', path, ...flags], options);
}
