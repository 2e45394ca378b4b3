import type { Catalogue } from './catalogue.ts';
import type { pagesEn } from './pages.en.ts';

/** Frases de las páginas, de su vista previa y de las partes de la carta. */
export const pagesEs: Catalogue<typeof pagesEn> = {
  mark: 'Página {{number}}',
  place: 'Página {{page}} de {{count}}',
  count_one: '{{number}} página',
  count_other: '{{number}} páginas',
  why: 'Cálculo para el archivo de Word, con el índice de anexos. Elija a qué página ir.',
  goTo: 'Ir a la página {{number}}',
  query: 'página ',
  wentTo: 'Página {{number}}',
  noPage: 'La carta no tiene página {{number}}.',
  preview: 'Vista previa de las páginas',
  previewOpen: 'Ver las páginas',
  previewSummary_one:
    '{{number}} página, como saldría impreso el archivo de Word. Es un cálculo: Word puede cortar una línea o una página en otro lugar.',
  previewSummary_other:
    '{{number}} páginas, como saldría impreso el archivo de Word. Es un cálculo: Word puede cortar una línea o una página en otro lugar.',
  previewPlace: 'Página {{page}} de {{count}}',
  previewPage: 'Página {{number}}',
  previewNotes: 'Notas al pie de la página {{number}}',
  previewWait: 'Armando las páginas…',
  previewClose: 'Volver al texto',
  next: 'Página siguiente',
  previous: 'Página anterior',
  part: {
    letterhead: 'Membrete',
    transmission: 'Línea de envío',
    address: 'Destinatario',
    re: 'Asunto',
    signature: 'Firma',
  },
  partNamed: '{{part}}: {{title}}',
  partsGroup: 'Partes de la carta',
  insertGroup: 'Insertar una parte nueva',
  insert: {
    letterhead: 'Insertar un membrete',
    transmission: 'Insertar una línea de envío',
    address: 'Insertar un destinatario',
    re: 'Insertar una línea de asunto',
    signature: 'Insertar un bloque de firma',
  },
  inserted: 'Se insertó: {{part}}. Escriba sobre las palabras entre corchetes.',
  needsCaret: 'Primero ponga el cursor en el texto.',
  movedUp: 'Subió: {{title}}',
  movedDown: 'Bajó: {{title}}',
  cannotMove: 'Ya no puede moverse en esa dirección.',
};
