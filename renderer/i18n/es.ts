import type { Catalogue } from './catalogue.ts';
import { editorEs } from './editor.es.ts';
import type { en } from './en.ts';
import { evidenceEs } from './evidence.es.ts';
import { noticesEs } from './notices.es.ts';

/** The Spanish catalogue, written as a Salvadoran colleague would (usted). */
export const es: Catalogue<typeof en> = {
  ...evidenceEs,
  editor: editorEs,
  notices: noticesEs,
  common: {
    close: 'Cerrar', cancel: 'Cancelar', save: 'Guardar', done: 'Listo', back: 'Volver', remove: 'Quitar', edit: 'Editar', add: 'Agregar', loading: 'Cargando…',
    copy: 'Copiar', copied: 'Copiado', dismiss: 'Cerrar aviso', optional: 'opcional', required: 'Llene este campo, por favor.',
    english: 'English', spanish: 'Español', language: 'Idioma',
  },
  shell: {
    skip: 'Ir al texto', title: 'Título de la denuncia', rename: 'Cambiar el título', library: 'Todas las denuncias', template: 'Denuncia ante CRCL',
    sample: 'Ejemplo', readOnly: 'Solo lectura', here: 'Están aquí', hereWith: 'Están aquí: {{name}}', you: '{{name}} (usted)',
    search: 'Buscar o ejecutar', invite: 'Invitar', check_one: 'Revisar {{count}} afirmación sin anexo', check_other: 'Revisar {{count}} afirmaciones sin anexo',
    checkWord: 'Revisar', build: 'Generar escrito', topBar: 'Denuncia', leftSidebar: 'Esquema, anexos y personas', page: 'Texto de la denuncia',
    rightPanel: 'Sobre lo seleccionado', statusBar: 'Estado', showLeft: 'Mostrar el esquema', hideLeft: 'Ocultar el esquema', showRight: 'Mostrar el panel', hideRight: 'Ocultar el panel',
    resizeLeft: 'Ancho de la barra izquierda', resizeRight: 'Ancho del panel derecho', opening: 'Abriendo la denuncia…',
    outlineTab: 'Esquema', exhibitsTab: 'Anexos', peopleTab: 'Personas', tabs: 'Barra izquierda', settings: 'Ajustes',
    nothingSelected: 'Nada seleccionado', nothingSelectedHint: 'Ponga el cursor en una afirmación subrayada para ver qué la prueba, o seleccione palabras y márquelas como afirmación.',
  },
  sync: {
    alone: 'Solo en esta computadora', everyone: 'Todos tienen sus cambios', sending: 'Enviando sus cambios', connecting: 'Buscando el relevo',
    waiting: 'Guardado aquí hasta que vuelva el relevo', refused: 'El relevo rechazó; guardado aquí', held: 'Retenido: no se envía nada', onRelay: 'En el relevo; los demás se pondrán al día', saving: 'Guardando…',
  },
  status: {
    saved: 'Guardado en esta computadora', saving: 'Guardando en esta computadora…', alone: 'Solo en esta computadora',
    nobodyYet: 'En el relevo; nadie más se ha unido todavía',
    haveIt_one: 'En el relevo; lo tiene {{count}} organización aliada', haveIt_other: 'En el relevo; lo tienen {{count}} organizaciones aliadas',
    someHaveIt_one: 'En el relevo; lo tiene {{upToDate}} de {{count}} aliada', someHaveIt_other: 'En el relevo; lo tienen {{upToDate}} de {{count}} aliadas',
    sending_one: 'Enviando {{count}} cambio al relevo', sending_other: 'Enviando {{count}} cambios al relevo',
    connecting: 'Buscando el relevo; todo está guardado aquí', away: 'Relevo ausente desde {{time}}; todo está guardado aquí y se enviará', awayNow: 'Relevo ausente; todo está guardado aquí y se enviará', refused: 'El relevo rechazó; todo está guardado aquí',
    nothingHeld: 'Nada retenido', held: 'Retenido desde {{time}}; no se envía nada',
    words_one: '{{number}} palabra', words_other: '{{number}} palabras', paragraphs: '{{number}} ¶', paragraphsLong_one: '{{number}} párrafo numerado', paragraphsLong_other: '{{number}} párrafos numerados',
    zoom: 'Tamaño de la página', zoomIn: 'Página más grande', zoomOut: 'Página más pequeña', zoomReset: 'Página al 100%',
  },
  outline: {
    empty: 'Todavía no hay títulos. Elija un estilo de título arriba de la página.', section: '{{label}} {{text}}', proof_one: '{{proved}} de {{count}} afirmación tiene anexo', proof_other: '{{proved}} de {{count}} afirmaciones tienen anexo',
    noClaims: 'sin afirmaciones', list: 'Secciones', untitled: '(título vacío)', loading: 'Leyendo el texto…', citedHere: 'Anexos citados en esta sección', times_one: 'citado una vez', times_other: 'citado {{count}} veces', citedNowhere: 'Sin citar',
  },
  toolbar: {
    label: 'Formato', style: 'Estilo de párrafo', bold: 'Negrita', italic: 'Cursiva', underline: 'Subrayado', smallCaps: 'Versalitas', undo: 'Deshacer', redo: 'Rehacer',
    claim: 'Afirmación', claimHint: 'Marcar las palabras seleccionadas como afirmación', cite: 'Citar…', citeHint: 'Citar un anexo donde está el cursor', person: 'Persona…', personHint: 'Insertar a una persona con su seudónimo',
    exhibit: 'Anexo', page: 'Página', pageHint: '0 para el anexo completo', insert: 'Insertar', noExhibits: 'Todavía no hay anexos. Agregue uno en la pestaña Anexos.', noPeople: 'Todavía no hay personas. Agregue una en la pestaña Personas.',
    linksToo: 'La afirmación donde está el cursor también queda vinculada a esa página.', openExhibits: 'Abrir anexos', openPeople: 'Abrir personas', cannotInsert: 'Ponga primero el cursor en el texto.',
  },
  styles: {
    h1: 'Título I.', h2: 'Título A.', h3: 'Título 1.', h4: 'Título a.', numbered: '¶ numerado', plain: 'Párrafo simple', centered: 'Centrado', right: 'A la derecha',
    address: 'Líneas de dirección', re: 'Línea de asunto', quote: 'Cita en bloque', bullet: 'Lista con viñetas', ordered: 'Lista numerada', signature: 'Bloque de firma',
  },
  palette: {
    label: 'Buscar o ejecutar', placeholder: 'Busque títulos, anexos, personas o afirmaciones, o ejecute un comando', empty: 'No se encontró nada con «{{query}}». Pruebe otra palabra.', results_one: '{{count}} resultado', results_other: '{{count}} resultados',
    command: 'Comando', heading: 'Título', exhibit: 'Anexo', person: 'Persona', claim: 'Afirmación',
    markClaim: 'Marcar la selección como afirmación', cite: 'Citar un anexo', insertPerson: 'Insertar a una persona', toggleLeft: 'Mostrar u ocultar el esquema', toggleRight: 'Mostrar u ocultar el panel', openOutline: 'Abrir el esquema', openExhibits: 'Abrir anexos', openPeople: 'Abrir personas',
    openUnsupported: 'Afirmaciones sin anexo', toEnglish: 'Cambiar a inglés (English)', toSpanish: 'Cambiar a español', themeLight: 'Colores claros', themeDark: 'Colores oscuros', themeSystem: 'Colores del sistema', allComplaints: 'Todas las denuncias', setStyle: 'Estilo: {{style}}',
  },
  guide: {
    title: 'En un minuto', claimTerm: 'Afirmación', claim: 'Palabras del texto que alguien debe probar. Van subrayadas; el punto en el margen dice si hay algo que las pruebe.',
    exhibitTerm: 'Anexo', exhibit: 'El documento que prueba una afirmación, citado como (Ex. C at 4). Las letras siguen al texto por sí solas.',
    personTerm: 'Persona protegida', person: 'Todas las personas aparecen con un seudónimo y un asterisco. Los nombres reales no van en este archivo.',
    dismiss: 'Entendido', again: 'Mostrar «En un minuto»',
  },
  library: {
    title: 'Denuncias', subtitle: 'Todo está en esta computadora. No se envía nada hasta que usted invite a alguien.', create: 'Nueva denuncia', newTitle: 'Título', newTitleDefault: 'Nueva denuncia', createAction: 'Crear con la plantilla de CRCL', join: 'Unirse con un enlace',
    empty: 'Aquí todavía no hay denuncias. Empiece una con la plantilla o pegue un enlace de invitación.', emptyArchive: 'No hay nada archivado.', open: 'Abrir', openNamed: 'Abrir {{title}}', rename: 'Cambiar título', renameNamed: 'Cambiar título: {{title}}', archive: 'Archivar', archiveNamed: 'Archivar {{title}}', unarchive: 'Recuperar', unarchiveNamed: 'Recuperar {{title}} del archivo',
    sample: 'Ejemplo', shared: 'Compartida', alone: 'Solo en esta computadora', damaged: 'Dañada', changed: 'Modificada {{time}}', active: 'Denuncias abiertas', archived: 'Archivo', showArchive_one: 'Archivo ({{count}})', showArchive_other: 'Archivo ({{count}})', newName: 'Título nuevo', failed: 'No se pudo leer la lista. Las denuncias están intactas.', retry: 'Intentar de nuevo', untitled: 'Denuncia sin título',
  },
  join: {
    title: 'Unirse a una denuncia', link: 'Enlace de invitación', linkHint: 'Pegue completo el enlace que le mandaron.', organization: 'Su organización', organizationHint: 'Así le verán las demás organizaciones en el texto.', action: 'Unirse', joining: 'Uniéndose…',
    receivedTitle: 'Se abrió una invitación', received: 'Otro programa le pasó a Alegato un enlace de invitación. Únase solo si lo esperaba y confía en quien lo mandó. Todavía no se ha enviado nada.', accept: 'Continuar', refuse: 'Ignorar',
  },
  invite: {
    title: 'Invitar a una organización', organization: 'Su organización', organizationHint: 'Las demás verán este nombre junto a su cursor.', relay: 'Dirección del relevo', relayHint: 'El servidor que pasa el texto sellado entre ustedes. No puede leerlo. Ejemplo: wss://relevo.ejemplo.org', make: 'Crear enlace de invitación', making: 'Creando el enlace…', link: 'Enlace de invitación',
    what: 'Quien tenga este enlace puede leer y editar toda la denuncia. Mándelo por un medio de confianza, a una sola persona, para una sola computadora y una sola vez. Cree un enlace nuevo para cada organización.', shown: 'El enlace se muestra solo ahora y no queda guardado en forma legible.', another: 'Crear otro enlace',
    consent: 'Desde el primer enlace, el texto sellado sale de esta computadora hacia ese relevo. Los originales no salen nunca.', readOnly: 'Esta denuncia está abierta solo para lectura; desde aquí no se puede invitar a nadie.',
  },
  people: {
    title: 'Personas', add: 'Agregar persona', empty: 'Todavía no hay personas. Agregue a todas las que menciona el texto, cada una con un seudónimo.', noRealNames: 'Aquí no van nombres reales. Todo lo de esta lista les llega a sus aliados. Guarde la clave de nombres fuera de Alegato.', pseudonym: 'Seudónimo', pseudonymHint: 'Creíble y distinto del nombre real: sin la misma inicial.',
    role: 'Papel', consent: 'Consentimiento', note: 'Nota', noteHint: 'Nada que permita identificar a la persona.', insert: 'Insertar en el texto', insertNamed: 'Insertar en el texto: {{name}}', editNamed: 'Editar a {{name}}', removeNamed: 'Quitar a {{name}}', newPerson: 'Persona nueva', editPerson: 'Editar persona', mentions_one: 'Nombrada una vez en el texto', mentions_other: 'Nombrada {{count}} veces en el texto', confirmRemove: '¿Quitar a {{name}}? Sus menciones en el texto quedarán sin nombre. Las afirmaciones y los anexos se conservan.',
    sharedInitials: '{{name}} y {{other}} comparten la inicial {{initial}}. Elija nombres que nadie pueda confundir.', duplicate: 'Ya hay una persona llamada {{name}}. Elija otro seudónimo.', nameless: 'Póngale un seudónimo a la persona.', inserted: 'Se insertó a {{name}}.', gone: 'Esta persona ya no está en la lista. El texto no cambió.', noConsentWarning: 'Sin consentimiento registrado',
    roles: { complainant: 'Denunciante', witness: 'Testigo', 'public-source': 'Nombrada en una fuente pública', relative: 'Familiar', other: 'Otro' },
    consents: { none: 'Ninguno registrado', 'own-org': 'Solo la propia organización', coalition: 'La coalición', 'crcl-pseudonym': 'CRCL, con seudónimo', 'crcl-identity': 'CRCL, con identidad', public: 'Público', press: 'Prensa' },
  },
  filing: {
    title: 'Generar escrito', what: 'Lo que se va a escribir', document: 'Un documento de Word, tamaño carta, con numeración real, citas vivas y el índice de anexos.', paragraphs: 'Párrafos numerados', words: 'Palabras', exhibits: 'Anexos en el índice', exhibitsValue: '{{total}}, {{cited}} citados', recipients: 'Destinatarios', claims: 'Afirmaciones', unsupported_one: '{{count}} afirmación no tiene anexo', unsupported_other: '{{count}} afirmaciones no tienen anexo', allSupported: 'Todas las afirmaciones tienen anexo', seeUnsupported: 'Verlas',
    sample: 'Este es el ejemplo. Cada página dirá: «{{legend}}». Los bloques de firma quedan vacíos.', clean: 'No se escriben autor, fechas ni marcas de revisión. Los originales se quedan en esta computadora.', subject: 'Línea de asunto (Re:)', letterDate: 'Fecha de la carta', letterDateHint: 'Tal como debe ir en la carta; puede quedar vacía.', export: 'Escribir el archivo de Word…', exporting: 'Escribiendo…', saved: 'Escrito', path: 'Archivo', sha256: 'SHA-256', size: 'Tamaño', show: 'Mostrar en la carpeta', copySha: 'Copiar el número', again: 'El mismo texto da los mismos bytes en cualquier computadora: compare este número con sus aliados.', fileName: 'Denuncia',
    recipientsTitle: 'Destinatarios', addRecipient: 'Agregar destinatario', noRecipients: 'Todavía no hay destinatarios. Agregue a quién va la carta.', block: 'Nombre y dirección, una línea por renglón', via: 'Enviado por', viaHint: 'Como va en la carta: VIA EMAIL: …', kind: 'Tipo', to: 'Destinatario', cc: 'Copia (cc)', asOf: 'Revisado el', asOfHint: 'Cuándo se revisó este dato por última vez.', stale: 'Sin revisar desde el {{date}}. Revíselo antes de presentar.', never: 'Nunca se ha revisado. Revíselo antes de presentar.', checkedOn: 'Revisado el {{date}}', confirmRemove: '¿Quitar este dato?', newRecipient: 'Destinatario nuevo', editRecipient: 'Editar destinatario',
    authoritiesTitle: 'Fundamentos legales', addAuthority: 'Agregar fundamento', noAuthorities: 'Todavía no hay fundamentos. Agregue las leyes en que se apoya la denuncia.', citation: 'Cita', use: 'Para qué', basis: 'Base', seen: 'Visto en una fuente pública', unchecked: 'De memoria, sin revisar', newAuthority: 'Fundamento nuevo', editAuthority: 'Editar fundamento', editNamed: 'Editar {{name}}', removeNamed: 'Quitar {{name}}',
  },
  settings: {
    title: 'Ajustes', theme: 'Colores', system: 'Como el sistema', light: 'Claros', dark: 'Oscuros', language: 'Idioma', interfaceSize: 'Tamaño de la interfaz', pageZoom: 'Tamaño de la página', organization: 'Nombre de la organización', organizationHint: 'Así le ven las demás.', relay: 'Dirección del relevo', relayHint: 'Se usa cuando usted invita a alguien. Alegato no se comunica con ninguna otra computadora.', percent: '{{value}}%', larger: 'Más grande', smaller: 'Más pequeño', badRelay: 'La dirección de un relevo empieza con wss:// o ws://.',
  },
};
