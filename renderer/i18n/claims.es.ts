import type { Catalogue } from './catalogue.ts';
import type { claimsEn } from './claims.en.ts';

/** Frases del panel de afirmaciones y de la lista de las que nada prueba. */
export const claimsEs: Catalogue<typeof claimsEn> = {
  title: 'Afirmación', titleIn: 'Afirmación en ¶ {{number}}', showInText: 'Mostrarla en el texto', withoutWords: 'Esta afirmación ya no tiene palabras en el texto.',
  none: 'Aquí no hay ninguna afirmación. Seleccione palabras del texto y márquelas como afirmación.',
  make: 'Marcar estas palabras como afirmación', inParagraph: 'Afirmaciones de este párrafo', unsupportedLink_one: '{{count}} afirmación no tiene anexo', unsupportedLink_other: '{{count}} afirmaciones no tienen anexo',
  coverage: { proved: 'Probada', thin: 'Una sola fuente', missing: 'Sin anexo' },
  coverageHints: { proved: 'La prueban dos anexos o más', thin: 'La prueba un solo anexo', missing: 'Todavía ningún anexo la prueba' },
  statuses: { draft: 'Borrador', checked: 'Revisada' }, alsoHere: 'También aquí: {{words}}',
  about: 'Sobre la afirmación', noComponent: 'Sin actuación del DHS', dateHint: '2017–enero de 2018', noteHint: 'Qué prueba necesita, o por qué todavía no la hay',
  fields: { component: 'Dependencia del DHS', date: 'Cuándo', status: 'Estado', people: 'De quiénes trata', note: 'Nota' },
  noPeople: 'Todavía no hay personas.', openPeople: 'Abrir personas', unnamedPerson: 'Sin nombre',
  provedBy: 'La prueba', provedByNothing: 'Nada todavía. Vincule la página de un anexo que la pruebe.',
  exhibitAt: 'Ex. {{label}} at {{page}}', exhibitGone: 'Anexo quitado', openPage: 'Abrir esta página', fileMissing: 'Su archivo todavía está por conseguirse.',
  addQuote: 'Agregar cita textual', editQuote: 'Editar cita', editQuoteNamed: 'Cita textual de {{name}}', removeLinkNamed: 'Quitar el vínculo con {{name}}', linkRemoved: 'Vínculo quitado. La cita en el texto se queda hasta que usted la borre ahí.',
  linkExhibit: 'Vincular un anexo…', findExhibit: 'Buscar un anexo', noExhibits: 'Todavía no hay anexos. Agregue uno en la pestaña Anexos.',
  originalReason: 'Original, solo aquí: no se puede vincular', noFileReason: 'Sin copia anonimizada todavía: no se puede vincular',
  pageOf_one: 'Página (de {{count}})', pageOf_other: 'Página (de {{count}})', pageOutside_one: 'El anexo tiene {{count}} página.', pageOutside_other: 'El anexo tiene páginas de la 1 a la {{count}}.', link: 'Vincular y citar', chooseOnPage: 'Escoger en la página',
  remove: 'Quitar afirmación…', removeNow: 'Quitar afirmación', removed: 'Afirmación quitada. Sus palabras y citas se quedan en el texto.', confirmRemove: '¿Quitar esta afirmación y sus vínculos para todas las organizaciones? Las palabras y las citas se quedan en el texto.',
  unsupported: 'Afirmaciones sin anexo', unsupportedCount_one: '{{missing}} de {{count}} afirmación no tiene anexo.', unsupportedCount_other: '{{missing}} de {{count}} afirmaciones no tienen anexo.',
  allSupported_one: 'La única afirmación tiene anexo.', allSupported_other: 'Las {{count}} afirmaciones tienen anexo.', noClaims: 'Todavía no hay afirmaciones. Seleccione palabras del texto y márquelas como afirmación.',
};
