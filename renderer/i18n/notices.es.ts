import type { NoticeCode } from '../../shared/ipc/notices.ts';
import { imageNoticesEs } from './images.es.ts';
import { meetingNoticesEs } from './meeting.es.ts';
import { pasteNoticesEs } from './paste.es.ts';
import { roomNoticesEs } from './roomNotices.es.ts';
import { securityNoticesEs } from './securityNotices.es.ts';

/** Una o dos frases por código: qué pasó, qué se conservó y qué hacer. */
export const noticesEs: Record<NoticeCode, string> = {
  ...securityNoticesEs,
  ...roomNoticesEs,
  ...imageNoticesEs,
  ...meetingNoticesEs,
  ...pasteNoticesEs,
  unexpected:
    'Algo falló dentro del programa. Todo lo escrito hasta ahora está guardado en esta computadora. Inténtelo de nuevo; si se repite, reinicie Alegato.',
  'payload-refused':
    'El programa rechazó una petición que no entendió. No se cambió nada. Inténtelo de nuevo; si se repite, reinicie Alegato.',
  'complaint-damaged':
    'El archivo de esta denuncia está dañado y no se abrió. Quedó tal como estaba. Recupere un respaldo o pida a una organización aliada que vuelva a invitarle.',
  'complaint-foreign':
    'Este archivo es de otra computadora o de otro programa, por eso no se abrió. No se le cambió nada. Pida mejor un enlace de invitación.',
  'complaint-newer-version':
    'Esta denuncia se escribió con un Alegato más nuevo. Está abierta solo para lectura, para que no se pierda nada. Actualice Alegato para editarla.',
  'complaint-missing':
    'Esta denuncia ya no está donde estaba en esta computadora. No se tocó nada más. Recupere su carpeta o pida que vuelvan a invitarle.',
  'complaint-in-use':
    'Otro Alegato en esta computadora tiene abierta esta denuncia. No se cambió nada. Ciérrela allá y vuelva a abrirla aquí.',
  'disk-full':
    'El disco de esta computadora está lleno y los últimos cambios todavía no se guardan. Siguen en esta ventana. Libere espacio; se guardarán solos.',
  'folder-read-only':
    'Alegato no puede escribir en su carpeta y los últimos cambios todavía no se guardan. Siguen en esta ventana. Dé permiso de escritura a la carpeta y reinicie.',
  'link-not-an-invitation':
    'Ese texto no es un enlace de invitación. No se cambió nada. Pegue completo el enlace que le mandaron; empieza con «alegato:».',
  'link-cut-off':
    'El enlace de invitación está incompleto. No se cambió nada. Pida que se lo manden otra vez de una sola pieza y péguelo completo.',
  'link-wrong-version':
    'Esta invitación se hizo con otra versión de Alegato. No se cambió nada. Actualicen ambos programas y pida un enlace nuevo.',
  'link-used':
    'Esta invitación ya se usó; cada una admite una sola computadora. No se cambió nada. Pida un enlace nuevo.',
  'link-same-complaint': 'Usted ya está en esta denuncia, así que no hacía falta unirse. Ábrala desde la lista.',
  'relay-address-invalid':
    'Esa no es la dirección de un relevo. No se envió nada. Empieza con wss:// (o con ws:// dentro de su propia red).',
  'relay-away':
    'El relevo no responde. Todo está guardado en esta computadora y se enviará solo cuando vuelva. Puede seguir escribiendo.',
  'relay-slow':
    'El relevo responde despacio. Todo está guardado en esta computadora y se va enviando por partes. Puede seguir escribiendo.',
  'relay-garbage':
    'Lo que responde en la dirección del relevo no es un relevo de Alegato, por eso se cerró la conexión. Todo está guardado aquí. Revise la dirección con quien lo administra.',
  'relay-refused':
    'El relevo rechazó esta denuncia. Todo está guardado en esta computadora. Pida a quien administra el relevo que la admita.',
  'relay-quota':
    'Al relevo ya no le queda espacio para esta denuncia. Todo está guardado en esta computadora. Pida más espacio a quien lo administra; el envío seguirá solo.',
  'file-too-large':
    'Este archivo es demasiado grande y no se agregó. El archivo quedó intacto. Divídalo o guárdelo más pequeño y vuelva a agregarlo.',
  'exhibit-too-large':
    'Un archivo puede tener 512 MB como máximo y este es más grande, por eso no se agregó. El archivo quedó intacto. Divídalo o escanéelo con menos resolución y vuelva a agregarlo.',
  'file-type-unknown':
    'No es un PDF ni una imagen PNG o JPEG, por eso no se agregó. El archivo quedó intacto. Guárdelo como PDF y vuelva a agregarlo.',
  'file-unreadable':
    'No se pudo leer este archivo y no se agregó. Revise que todavía esté ahí y que usted pueda abrirlo, y vuelva a agregarlo.',
  'version-missing':
    'Esta versión no está en esta computadora y ningún socio la ha enviado todavía. No se cambió nada. Intente de nuevo cuando el relé responda, o elija otra versión.',
  'version-damaged':
    'Esta versión está dañada y no se puede leer. La denuncia misma está intacta. Elija otra versión o búsquela en un respaldo.',
  'redline-held':
    'No se escribió el documento con los cambios: en esta computadora hay cambios retenidos, y llevaría palabras que todavía no pueden salir. No se cambió nada. Vea al pie de la ventana qué los retiene y vuelva a guardarlo.',
  'redline-missing':
    'No se escribió el documento con los cambios: aquí faltan cambios de otras organizaciones, así que no mostraría todo. No se cambió nada. Espere a que lleguen y vuelva a guardarlo.',
  'redline-saved': 'Se guardó el documento de Word con los cambios marcados.',
  'file-empty': 'Este archivo está vacío y no se agregó. Busque la copia completa y agregue esa.',
  'pdf-encrypted':
    'Este PDF está protegido con contraseña y no se agregó. El archivo quedó intacto. Guarde una copia sin contraseña y agregue esa copia.',
  'pdf-broken':
    'Este PDF está dañado y no se agregó. El archivo quedó intacto. Ábralo en otro programa, imprímalo a un PDF nuevo y agregue ese.',
  'pdf-no-pages': 'Este PDF no tiene páginas y no se agregó. Busque la copia completa y agregue esa.',
  'image-too-large':
    'Esta imagen tiene más píxeles de los que se pueden mostrar con seguridad y no se agregó. El archivo quedó intacto. Guárdela más pequeña y vuelva a agregarla.',
  'image-broken':
    'Esta imagen está dañada y no se agregó. El archivo quedó intacto. Guárdela de nuevo desde su origen y agréguela.',
  'blob-not-here':
    'El archivo de este anexo todavía no ha llegado a esta computadora. Su ficha sí está. Llegará solo cuando respondan el relevo y alguien que lo tenga.',
  'blob-damaged':
    'El archivo de este anexo no coincide con su huella y por eso no se muestra. La denuncia está completa. Pida a quien lo agregó que lo agregue de nuevo.',
  'exhibit-relay-full':
    'Al relevo ya no le queda espacio para el archivo de un anexo, así que las demás organizaciones todavía no lo reciben. El archivo está completo en esta computadora. Pida más espacio a quien administra el relevo y luego pulse «Reintentar» en el anexo.',
  'original-not-linkable':
    'Un original se queda en esta computadora y no puede probar una afirmación ante sus aliados. Se conserva como está. Agregue una copia anonimizada y vincule esa copia.',
  'export-failed':
    'No se escribió el archivo de Word. La denuncia no cambió. Revise que se pueda escribir en la carpeta y que el archivo no esté abierto en Word, y vuelva a generarlo.',
  'export-saved': 'El archivo de Word está listo. La denuncia no cambió.',
  'export-cancelled': 'No se escribió nada; usted cerró el diálogo. Puede generar el escrito cuando quiera.',
  'peer-frame-refused':
    'Llegó algo incoherente de la computadora de una organización aliada y no se dejó entrar. Su texto está completo. Pídales que reinicien Alegato.',
  'peer-fork':
    'La computadora de una organización aliada mandó dos versiones distintas de un mismo paso. Su texto está completo y no cambió. Pregúnteles si recuperaron un respaldo.',
  'reviewer-suggests':
    'Quien revisa sugiere cambios del texto y comenta. Esto les toca a quienes son dueños o editan, así que no se escribió nada. Dígalo en un comentario.',
  'select-words-first':
    'No hay palabras seleccionadas y no se marcó nada. Seleccione las palabras que hay que probar y márquelas como afirmación.',
  'claim-spans-nothing':
    'Las palabras de esta afirmación ya no están en el texto. Sus anexos y notas se conservan. Seleccione palabras y márquelas, o elimine la afirmación.',
};
