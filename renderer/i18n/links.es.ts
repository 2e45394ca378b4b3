import type { Catalogue } from './catalogue.ts';
import type { linksEn } from './links.en.ts';

/** Oraciones sobre enlaces. */
export const linksEs: Catalogue<typeof linksEn> = {
  tool: 'Enlace',
  title: 'Enlace',
  address: 'Dirección',
  words: 'Palabras que se muestran',
  wordsHint: 'Si se deja vacío, se muestra la dirección misma.',
  refused: 'Un enlace puede llevar a una página web (https:// o http://) o a un correo (mailto:). No se cambió nada.',
  noPlace: 'Primero haga clic en el texto donde va el enlace.',
  apply: 'Crear enlace',
  change: 'Cambiar enlace',
  remove: 'Quitar enlace',
  copy: 'Copiar la dirección',
  why: 'Alegato no abre páginas web por sí mismo, para que nadie sepa quién lee esta denuncia. Copie la dirección y ábrala en su navegador.',
};
