import type { Catalogue } from './catalogue.ts';
import type { exhibitFilesEn } from './exhibitFiles.en.ts';

/** Frases sobre dónde están los archivos de los anexos. */
export const exhibitFilesEs: Catalogue<typeof exhibitFilesEn> = {
  states: {
    goingUp: 'En camino al relevo',
    comingDown: 'En camino a esta computadora',
    damaged: 'Llegó dañado varias veces; no se guardó nada de él',
    relayFull: 'Solo en esta computadora: al relevo no le queda espacio',
    stoppedUp: 'Solo en esta computadora: usted detuvo el envío',
    pausedUp: 'Solo en esta computadora: los archivos están en pausa',
    waitsUp: 'Solo en esta computadora; irá solo al relevo',
    here: 'En esta computadora',
    hereWith: 'En esta computadora; también lo tiene {{who}}',
    hereRelay: 'En esta computadora y en el relevo',
    hereRelayWith: 'En esta computadora y en el relevo; también lo tiene {{who}}',
    stoppedDown: 'No está en esta computadora: usted lo detuvo',
    pausedDown: 'No está en esta computadora: los archivos están en pausa',
    relayOnly: 'En el relevo; llegará solo',
    onlyWith: 'Solo lo tiene {{who}}; llegará solo cuando lo haya enviado',
    notHere: 'Todavía no está en esta computadora; llegará solo',
  },
  settled: { here: 'aquí', hereRelay: 'aquí y en el relevo' },
  actions: { stop: 'Detener', send: 'Enviar ahora', get: 'Traer ahora', retry: 'Reintentar' },
  actionsNamed: {
    stop: 'Detener el archivo de {{name}}',
    send: 'Enviar ahora el archivo de {{name}}',
    get: 'Traer ahora el archivo de {{name}}',
    retry: 'Reintentar con el archivo de {{name}}',
  },
  progressOf: 'Archivo de {{name}}',
  moved: '{{received}} de {{total}}',
  pause: 'Pausar archivos',
  pauseHint: 'No enviar ni traer archivos de esta denuncia en esta computadora; el texto sigue',
  resume: 'Seguir con los archivos',
  pausedNote: 'En esta computadora no se envían ni se traen archivos. El texto sigue.',
};
