import type { Catalogue } from './catalogue.ts';
import type { editorEn } from './editor.en.ts';

/** Frases del editor. */
export const editorEs: Catalogue<typeof editorEn> = {
  text: 'Texto de la denuncia',
  waitingForText:
    'El texto todavía no llega. Llegará en cuanto haya conexión con el relevo o con la computadora de una organización que lo tenga. Puede dejar abierta esta ventana.',
  missingExhibit: '(anexo retirado)',
  missingPerson: '[persona retirada]',
};
