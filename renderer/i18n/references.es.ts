import type { Catalogue } from './catalogue.ts';
import type { referencesEn } from './references.en.ts';

/** Frases de las referencias, las secciones y las páginas. */
export const referencesEs: Catalogue<typeof referencesEn> = {
  insert: 'Insertar una referencia…',
  insertParagraph: 'Referir a un párrafo (¶)',
  insertHeading: 'Referir a un título o anexo (#)',
  insertPerson: 'Referir a una persona o anexo (@)',
  list: 'A qué referirse',
  listHint: 'Con las flechas se elige, con Entrar se inserta, con Escape queda lo escrito.',
  nothing: 'No se encontró nada. Siga escribiendo o presione Escape.',
  found_one: '{{count}} lugar encontrado',
  found_other: '{{count}} lugares encontrados',
  inserted: 'Referencia insertada: {{name}}',
  button: 'Referencia',
  untitled: 'Todavía sin texto',
  kinds: { paragraph: 'Párrafo', heading: 'Título', exhibit: 'Anexo', person: 'Persona', note: 'Nota al pie' },
  missing: {
    paragraph: 'falta el ¶',
    heading: 'falta el título',
    exhibit: 'falta el anexo',
    person: 'falta la persona',
    note: 'falta la nota',
  },
  broken_one: '{{count}} referencia rota',
  broken_other: '{{count}} referencias rotas',
  brokenTitle: 'Referencias a lo que ya no está',
  goToBroken: 'Mostrar la siguiente referencia rota',
  movedUp: 'La sección subió: {{title}}',
  movedDown: 'La sección bajó: {{title}}',
  cannotMove: 'La sección ya no puede moverse en esa dirección.',
  wordsSelected_one: '{{number}} de {{total}} palabra',
  wordsSelected_other: '{{number}} de {{total}} palabras',
};
