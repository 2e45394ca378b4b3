import type { Catalogue } from './catalogue.ts';
import type { exhibitsEn } from './exhibits.en.ts';

/** Frases del registro de anexos y del visor. */
export const exhibitsEs: Catalogue<typeof exhibitsEn> = {
  title: 'Anexos', label: 'Ex. {{label}}', labelled: 'Ex. {{label}} {{title}}', untitled: 'Anexo sin título',
  addFiles: 'Agregar archivos…', addPlaceholder: 'Por conseguir…', addPlaceholderHint: 'Agregar un anexo cuyo archivo todavía hay que conseguir',
  dropHere: 'Suelte aquí los PDF o imágenes. Nada sale de esta computadora hasta que usted diga qué es cada uno.',
  empty: 'Todavía no hay anexos. Agregue archivos con el botón, o suelte aquí PDF e imágenes.',
  filter: 'Filtrar anexos', nothingFound: 'No se encontró nada con «{{filter}}». Pruebe otra palabra.',
  cited_one: 'Citados · {{count}}', cited_other: 'Citados · {{count}}', citedNowhere_one: 'Sin citar · {{count}}', citedNowhere_other: 'Sin citar · {{count}}',
  citedTimes_zero: 'sin citar', citedTimes_one: 'citado una vez', citedTimes_other: 'citado {{count}} veces',
  held_one: '{{count}} página', held_other: '{{count}} páginas', pagesAndSize_one: '{{count}} página · {{size}}', pagesAndSize_other: '{{count}} páginas · {{size}}',
  details: 'Detalles', less: 'Menos', detailsNamed: 'Detalles del anexo {{label}} {{title}}', remove: 'Quitar anexo…', removeNow: 'Quitar',
  confirmRemove: '¿Quitar el anexo {{label}} para todas las organizaciones? Citas en el texto: {{citations}}; afirmaciones vinculadas: {{links}}. Las citas se quedan en el texto y avisan que su anexo ya no está.',
  fields: { title: 'Título', date: 'Fecha', source: 'Fuente o autor', language: 'Idioma', confidentiality: 'Confidencialidad', status: 'Estado', group: 'Grupo (C-1, C-2)' },
  titleHint: 'Como va a aparecer en el índice de anexos',
  confidentialities: { public: 'Público', redacted: 'Testado', confidential: 'Confidencial' },
  statuses: { held: 'En mano', 'to-obtain': 'Por conseguir' },
  anonymizedCopy: 'Copia anonimizada', firstPage: 'Primera página del anexo {{label}}', noFile: 'Todavía sin archivo.', copyHash: 'Copiar el SHA-256 completo',

  staged: 'Archivos que esperan su decisión', refused: 'Archivos que no se agregaron', dismissNamed: 'Cerrar el aviso sobre {{name}}',
  reading: 'Leyendo el archivo…', nameStays: 'El nombre del archivo no sale de esta computadora.', whatIsIt: '¿Qué es este archivo?',
  kinds: { anonymized: 'Copia anonimizada', original: 'Original, solo aquí' },
  kindHints: {
    anonymized: 'Alguien ya le quitó todo lo que identifica a una persona. Viaja sellada a las demás organizaciones, se puede vincular y presentar.',
    original: 'Se queda sellado en esta computadora. Nunca se envía, ni se vincula, ni se presenta.',
  },
  sameAsOriginal: 'Este es el mismo archivo que el original «{{name}}» de esta computadora, así que no está anonimizado. Teste una copia y agregue esa.',
  attachTo: 'Corresponde a', newExhibit: 'Un anexo nuevo', addAnonymized: 'Agregar esta copia', keepOriginal: 'Guardar como original', sealing: 'Sellando…', discard: 'No agregar', discardNamed: 'No agregar {{name}}',
  keptOriginal: 'El original quedó guardado en esta computadora.', keptAnonymized: 'Copia anonimizada agregada; las demás organizaciones la van a recibir.',

  originals: 'Originales · solo en esta computadora', originalsHint: 'Nunca se envían, ni se vinculan, ni se presentan.', noOriginals: 'Aquí no hay originales.', originalsFailed: 'No se pudo leer la lista de originales. Siguen intactos.',
  retry: 'Intentar de nuevo', view: 'Verlo', viewNamed: 'Ver {{name}}', link: 'Vincular', cannotLink: 'No se puede vincular: agregue una copia anonimizada.',
  originalBanner: 'Original: se queda en esta computadora y no se puede vincular.',

  gone: 'Este anexo ya no está en el registro. El texto no cambió.', noFileYet: 'Este anexo todavía no tiene archivo. Agregue su copia anonimizada en la lista de anexos.', attachInList: 'Abrir la lista de anexos',
  backToText: 'Volver al texto', viewerBar: 'Páginas y tamaño', page: 'Pág.', ofPages_one: 'de {{count}}', ofPages_other: 'de {{count}}', pageNumber: 'Página {{page}}', pageOf_one: '{{name}}, página {{page}} de {{count}}', pageOf_other: '{{name}}, página {{page}} de {{count}}',
  previousPage: 'Página anterior (Re Pág)', nextPage: 'Página siguiente (Av Pág)', zoomIn: 'Más grande (+)', zoomOut: 'Más pequeño (−)', fit: 'Ajustar', fitHint: 'Ajustar al ancho (0)', wide: 'Ampliar', narrow: 'Reducir', wideHint: 'Sobre la página, o de vuelta en el panel (E)',
  pageBroken: 'No se pudo mostrar esta página. El archivo se conserva tal como está; las demás páginas se pueden leer.', pageWithoutText: 'Esta página es una imagen sin palabras que se puedan seleccionar. Escriba abajo las palabras que quiere citar.', imageUnreadable: 'No se pudo mostrar esta imagen. El archivo se conserva tal como está.',
  opening: {
    'pdf-encrypted': 'Este PDF pide contraseña y no se puede mostrar. Se conserva tal como está. Pida una copia sin contraseña a quien lo agregó.',
    'pdf-broken': 'Este PDF está dañado y no se puede mostrar. Se conserva tal como está. Pida a quien lo agregó que lo imprima a un PDF nuevo.',
    'pdf-no-pages': 'Este PDF no tiene páginas. Se conserva tal como está. Pida la copia completa a quien lo agregó.',
  },
  waiting: 'Otra organización agregó este archivo y todavía no está en esta computadora. Llega solo en cuanto el relevo lo tenga.', arriving: 'Archivo en camino', arrived: '{{received}} de {{total}} ya aquí',

  chooseClaim: 'Para vincular esta página, primero ponga el cursor en una afirmación del texto, o seleccione palabras y márquelas como afirmación.',
  claimIn: 'Afirmación en ¶ {{number}}', claimUnnumbered: 'Afirmación', claimWithoutWords: 'Esta afirmación no tiene palabras en el texto.',
  quote: 'Palabras citadas de esta página', quoteHint: 'Seleccione palabras en la página para citarlas', quoteHintImage: 'Escriba las palabras que están en la página',
  usePage: 'Usar la página {{page}}', useQuote: 'Citar de la página {{page}}', changeQuote: 'Usar mejor estas palabras', alreadyLinked: 'Esta página prueba la afirmación.',
  linked: 'Vinculada con la página {{page}} y citada después de la afirmación.', linkedNotCited: 'Vinculada con la página {{page}}. La afirmación no tiene palabras en el texto, así que no se citó nada.',
  provesHere: 'Afirmaciones que prueba la página {{page}}', provesAll: 'Afirmaciones que prueba este anexo', provesNothing: 'Ninguna todavía.', otherPages: 'En otras páginas', atPage: 'at {{page}}', citedAt: 'Citado en el texto', inText: 'En el texto',
  quoteFound: 'La cita está en la página', quoteNotFound: 'La cita no se encontró en la página',
};
