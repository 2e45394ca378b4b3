/** Las frases de las notas al pie. */
export const footnotesEs = {
  name: 'Nota al pie {{number}}',
  list: 'Notas al pie',
  text: 'Texto de las notas al pie',
  tool: 'Nota al pie',
  needsCaret: 'Primero ponga el cursor en el texto; una nota no puede ir dentro de otra.',
  loose: 'Notas sin lugar',
  looseWhy: 'Su llamada se borró mientras alguien escribía en ellas. No van en el escrito.',
  putBack: 'Poner donde está el cursor',
  remove: 'Eliminar',
  removed: 'Se eliminó la nota.',
  words: '{{number}} en notas al pie',
};
