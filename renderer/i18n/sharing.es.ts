import type { Catalogue } from './catalogue.ts';
import type { sharingEn } from './sharing.en.ts';

/** Frases de las invitaciones: hacerlas, usarlas y esperar la entrada. La hora ya trae su punto («8:07 a. m.»). */
export const sharingEs: Catalogue<typeof sharingEn> = {
  roles: {
    owner: 'Responsable',
    editor: 'Editora',
    reviewer: 'Revisora',
    reader: 'Lectora',
  },
  roleMeanings: {
    owner: 'Escribe, genera el escrito, invita y retira a otras: decide todo sobre la denuncia.',
    editor: 'Escribe en todo y da entrada a quien una responsable haya invitado.',
    reviewer:
      'Comenta y sugiere. Eso lo cuida el programa, no una cerradura; si alguien se sale de ahí, todas ven dónde y quién fue.',
    reader: 'Lee todo y no cambia nada: las llaves de las demás rechazan lo que escriba la computadora de una lectora.',
  },
  join: {
    title: 'Unirse a una denuncia',
    link: 'Enlace de invitación',
    linkHint: 'Pegue completo el enlace que le mandaron.',
    organization: 'Su organización',
    organizationHint: 'Así le verán las demás organizaciones en el texto.',
    action: 'Unirse',
    joining: 'Uniéndose…',
    receivedTitle: 'Se abrió una invitación',
    received:
      'Otro programa le pasó a Alegato un enlace de invitación. Únase solo si lo esperaba y confía en quien lo mandó. Todavía no se ha enviado nada.',
    accept: 'Continuar',
    refuse: 'Ignorar',
  },
  waiting: {
    list: 'En espera de entrada',
    title: 'En espera de entrada',
    as: 'Como {{name}}, por {{relay}}',
    connecting: 'Buscando el relevo. Preguntando desde {{time}}',
    waiting: 'Ya se le preguntó a una computadora de la coalición y falta que responda. Preguntando desde {{time}}',
    'nobody-online': 'Tiene que estar conectada una computadora de la coalición. Preguntando desde {{time}}',
    'invitation-unknown':
      'El relevo todavía no conoce esta invitación. La conocerá cuando se conecte la computadora que la hizo; si sigue así, pida un enlace nuevo. Preguntando desde {{time}}',
    'relay-away': 'El relevo no responde. Revise su conexión; Alegato sigue preguntando. Preguntando desde {{time}}',
    goOn: 'Puede cerrar Alegato; volverá a preguntar cuando usted regrese. La denuncia aparecerá aquí sola.',
    stop: 'Dejar de preguntar',
    stopQuestion:
      '¿Dejar de pedir entrada? No se pierde nada más. El mismo enlace sirve otra vez mientras nadie lo haya usado.',
    stopped: 'Ya no se está preguntando.',
    remove: 'Quitar de la lista',
    begun: 'Todavía no le dan entrada. La petición está en la lista y sigue sola.',
    joined: 'Ya le dieron entrada: «{{title}}» está aquí.',
    open: 'Abrirla',
  },
  invite: {
    title: 'Invitar',
    forWhom: 'Para quién',
    forWhomHint:
      'Solo lo ven usted y las demás computadoras de la coalición, para distinguir las invitaciones. Sin nombres reales de personas protegidas.',
    role: 'Qué podrá hacer',
    whose: 'De quién es la computadora',
    newOrganization: 'De otra organización',
    ownFurther: 'Otra computadora nuestra',
    ownFurtherHint: 'Aparecerá con el nombre y el color de su organización.',
    expires: 'El enlace sirve por',
    days_one: '{{count}} día',
    days_other: '{{count}} días',
    organization: 'Su organización',
    organizationHint: 'Las demás verán este nombre junto a su cursor.',
    relay: 'Dirección del relevo',
    relayHint:
      'El servidor que pasa el texto sellado entre ustedes. No puede leerlo. Ejemplo: wss://relevo.ejemplo.org',
    token: 'Palabra de acceso del relevo',
    tokenHint:
      'Solo si quien lo administra le dio una: algunos relevos la piden antes de compartir una denuncia. Se guarda sellada en esta computadora.',
    through: 'Pasa por el relevo {{relay}}.',
    make: 'Crear enlace de invitación',
    making: 'Creando el enlace…',
    link: 'Enlace de invitación',
    alone:
      'El enlace por sí solo no abre nada: una computadora de la coalición tiene que darle entrada a quien lo use, y lo hace una sola vez.',
    online: 'Para eso tiene que estar conectada una de las computadoras de la coalición, con Alegato abierto.',
    onlineOwner:
      'Para darle entrada a una responsable nueva tiene que estar conectada esta misma computadora, con Alegato abierto.',
    channel: 'Mándelo por cualquier medio en el que confíe para que le llegue a esa persona y a nadie más.',
    until: '{{role}}, hasta el {{date}}, para una sola computadora.',
    kept: 'Mientras siga abierto lo encuentra otra vez en «Integrantes».',
    seeMembers: 'Ver integrantes e invitaciones',
    another: 'Crear otro enlace',
    consent:
      'Desde el primer enlace, el texto sellado sale de esta computadora hacia ese relevo. Los originales no salen nunca.',
    readOnly: 'Esta denuncia está abierta solo para lectura; desde aquí no se puede invitar a nadie.',
    ownersOnly: 'Solo una responsable invita. Hable con {{names}}.',
    ownersOnlyNobody: 'Solo una responsable invita, y aquí todavía no se conoce a ninguna.',
  },
};
