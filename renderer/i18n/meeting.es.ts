import type { MeetingNoticeCode } from '../../shared/ipc/meeting.ts';
import type { Catalogue } from './catalogue.ts';
import type { meetingEn } from './meeting.en.ts';

/** Sentences of the relay that this computer runs for a meeting, in Spanish. */
export const meetingEs: Catalogue<typeof meetingEn> = {
  title: 'Servir de relevo para una reunión',
  what: 'Todos en una misma sala y sin servidor: esta computadora pasa los cambios sellados mientras dura la reunión. Se detiene cuando usted la detiene o cierra Alegato, y nunca empieza sola.',
  scope: 'Para quiénes',
  scopeNetwork: 'Esta red',
  scopeComputer: 'Solo esta computadora',
  port: 'Puerto',
  portHint: 'Déjelo así, a menos que otro programa lo use.',
  badPort: 'El puerto es un número entero del 1 al 65535.',
  start: 'Empezar',
  starting: 'Empezando…',
  stop: 'Detener',
  stopping: 'Deteniendo; se está guardando todo lo recibido…',
  hosting: 'Esta computadora sirve de relevo.',
  connected_one: '{{count}} conexión ahora.',
  connected_other: '{{count}} conexiones ahora.',
  connectedHint: 'Una por cada denuncia abierta en una computadora; las de esta también cuentan.',
  addresses: 'Direcciones para dar a los demás',
  addressesHint: 'Prueben desde la primera. Todos usan la misma, también esta computadora.',
  ipv4: 'Red local',
  ipv6: 'Red local, IPv6',
  loopback: 'Solo desde esta computadora',
  copyAddress: 'Copiar {{address}}',
  onNetwork:
    'Quien esté en esta red puede saber cuándo y cuánto se envía, y entre cuáles computadoras. No puede leer nada.',
  firewall:
    'Si los demás no la alcanzan, el cortafuegos de esta computadora está preguntando o rechazando: permita Alegato en redes privadas, o deje entrar el puerto {{port}}. Las redes para visitas suelen separar las computadoras; la red de un teléfono sí funciona.',
  complaint: 'Esta denuncia',
  notShared: 'Todavía no está compartida.',
  useForInvitation: 'Invitar por este relevo',
  travels: 'Viaja por {{address}}.',
  travelsHere: 'Viaja por el relevo de esta computadora.',
  move: 'Pasar esta denuncia a este relevo durante la reunión',
  moveWhat:
    'Se envía allá todo lo que hay aquí, sellado como está. Cada organización aliada en la sala hace lo mismo: en este panel, con la dirección de arriba. En todo caso los cambios se guardan aquí.',
  moveBack: 'Regresarla a {{address}}',
  moveOther: '¿Otra persona sirve de relevo?',
  moveField: 'Dirección que muestra esa computadora',
  moveAction: 'Pasar esta denuncia allá',
  moved: 'Listo. Los cambios van ahora por {{address}}.',
  kept: 'De reuniones en este disco: {{size}}, todo sellado. La próxima reunión sigue desde ahí.',
  delete: 'Borrar lo que dejaron las reuniones',
  deleteQuestion:
    '¿Borrar los registros y archivos de anexos, sellados, que las reuniones dejaron en esta computadora? Sus denuncias se quedan. Lo que solo tenga este relevo se pierde: vea antes que todos tengan todo.',
  deleteAction: 'Borrar',
  deleted: 'Borrado. Sus denuncias siguen igual.',
  status_one: 'Relevo de la reunión: {{count}} conexión',
  status_other: 'Relevo de la reunión: {{count}} conexiones',
};

/** Qué pasó, qué se conservó, qué hacer. */
export const meetingNoticesEs: Record<MeetingNoticeCode, string> = {
  'meeting-port-busy':
    'Otro programa de esta computadora usa ese puerto y el relevo no empezó. No se cambió nada. Escoja otro puerto, por ejemplo 4450, y déselo a los demás con la dirección.',
  'meeting-port-forbidden':
    'El sistema no permite ese puerto y el relevo no empezó. No se cambió nada. Escoja uno mayor que 1024.',
  'meeting-no-network':
    'Esta computadora no está en ninguna red que otros puedan alcanzar y el relevo no empezó. No se cambió nada. Conéctese a un wifi o a un cable, o abra la red de un teléfono, y vuelva a empezar.',
  'meeting-folder-damaged':
    'Lo que dejaron las reuniones anteriores en esta computadora está dañado y el relevo no empezó. Sus denuncias siguen igual. Borre lo que dejaron las reuniones y vuelva a empezar: las computadoras envían lo que tienen.',
  'meeting-not-started':
    'El relevo no empezó. Sus denuncias siguen igual. Intente de nuevo; si se repite, reinicie Alegato.',
  'meeting-ended':
    'El relevo se detuvo solo. Todo lo que había recibido está en este disco, y todo lo escrito está en cada computadora. Vuelva a empezar: el envío sigue solo.',
  'meeting-running': 'El relevo está en marcha. No se cambió nada. Deténgalo primero y vuelva a intentar.',
};
