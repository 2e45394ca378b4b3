import type { roomNoticesEn } from './roomNotices.en.ts';

/** Sobre integrantes, invitaciones y paquetes: qué pasó, qué se conservó y qué hacer. */
export const roomNoticesEs: Record<keyof typeof roomNoticesEn, string> = {
  'link-used-twice':
    'Llegaron dos computadoras con el mismo enlace de invitación, así que alguien más lo tenía. Solo entró una; el texto está completo. Abra «Integrantes», llame a quien iba dirigido y retire la computadora si no es suya.',
  'link-expired':
    'La invitación ya venció y nadie entró. No se cambió nada. Una responsable puede hacer un enlace nuevo.',
  'link-withdrawn':
    'Una responsable anuló esta invitación; ya nadie puede entrar con ella. No se cambió nada. Pida un enlace nuevo.',
  'invitation-in-use':
    'Ya entró una computadora con esta invitación, así que ya no se puede anular. No se cambió nada. Abra «Integrantes» y retire esa computadora si no es de quien usted invitó.',
  'request-forged':
    'Alguien pidió entrar con una solicitud que no corresponde a su enlace de invitación; nadie entró. No se cambió nada. Un relevo honesto detiene esas solicitudes: hable con quien lo administra o use otro relevo.',
  'room-token':
    'En este relevo solo puede compartir una denuncia quien conoce su palabra de acceso, y faltó o no es la correcta. Todo está guardado en esta computadora. Pídala a quien administra el relevo; luego abra «Integrantes», elija «Pasar a otro relevo…» y escriba la dirección y la palabra.',
  'invitation-unknown':
    'El relevo no conoce esta invitación. No se cambió nada. Pida que abran la denuncia en Alegato o que le manden un enlace nuevo.',
  'device-removed':
    'Esta computadora fue retirada de la denuncia. Todo lo que hay aquí se puede seguir leyendo; ya no llega ni sale nada. Si es un error, pida una invitación nueva a una responsable.',
  'member-removed':
    'Se retiró una computadora de esta denuncia. Lo que escribió hasta entonces se queda; las demás tienen llaves nuevas. Abra «Integrantes» para ver cuál.',
  'member-not-removable':
    'Esta computadora no puede retirar a esa, así que no se retiró a nadie. Solo las responsables retiran, y a otra responsable solo quien la invitó. Hable con quien la invitó.',
  'role-forbids':
    'El papel de esta computadora no lo permite. No se cambió nada. Pida a una responsable que lo haga o que le dé otro papel.',
  'role-breach':
    'Alguien de {{organization}}, cuyo papel es sugerir y comentar, cambió la denuncia misma. El cambio lleva la firma de su clave y está en el texto. Revísenlo juntos, deshágalo si hace falta y quite su computadora si no le tiene confianza.',
  'passages-recovered':
    'Al retirarse a alguien dejaron de contar cambios que estaban aquí, y el texto se armó de nuevo sin ellos. Pasajes suyos guardados aparte: {{count}}. Están en «Pasajes recuperados»; repóngalos donde corresponda.',
  'snapshot-differs':
    'La computadora de una organización aliada armó otro texto con los mismos cambios. El suyo queda como está y no se desechó nada. Comparen los últimos párrafos y reinicien Alegato en ambos lados.',
  'epoch-waiting':
    'Las llaves nuevas de esta denuncia todavía no llegan a esta computadora. Lo que escriba queda guardado aquí y saldrá cuando lleguen. Tiene que estar conectada la computadora de una responsable o una editora.',
  'bundle-other-complaint':
    'Ese paquete es de otra denuncia y no se tomó nada de él. Abra la denuncia a la que pertenece e impórtelo ahí.',
  'bundle-not-ours':
    'Ese archivo no es un paquete de Alegato y no se tomó nada de él. El archivo quedó intacto. Elija el que le guardaron.',
  'bundle-newer':
    'Ese paquete se hizo con un Alegato más nuevo y no se tomó nada de él. El archivo quedó intacto. Actualice Alegato e impórtelo otra vez.',
  'bundle-cut-off':
    'A ese paquete le falta el final. Lo que venía antes del corte ya está adentro. Pida que lo guarden otra vez para el resto.',
  'room-restored':
    'Esta denuncia volvió de un respaldo y su lugar entre las integrantes ya está ocupado. Todo está guardado aquí. Pida una invitación nueva a una responsable para seguir en conjunto.',
  'complaint-not-shared':
    'Esta denuncia está solo en esta computadora, así que no hay con quién intercambiar. No se cambió nada. Invite primero a alguien.',
};
