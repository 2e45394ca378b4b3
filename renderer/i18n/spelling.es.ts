/** Ortografía, idioma de un pasaje y lo que cambia al escribir. */
export const spellingEs = {
  menu: 'Ortografía de “{{word}}”',
  waiting: 'Buscando propuestas…',
  noProposals: 'Sin propuestas',
  add: 'Agregar “{{word}}” al diccionario de la denuncia',
  ignore: 'Ignorar hasta que se cierre la denuncia',
  next: 'Siguiente falta de ortografía',
  allRight: 'No se encontró ninguna falta de ortografía.',
  notWrong: 'La palabra en el cursor no está marcada como falta.',
  corrected: 'Se cambió a “{{word}}”.',
  added: '“{{word}}” ya está en el diccionario de la denuncia, para todos los que trabajan en ella.',
  ignored: '“{{word}}” se ignora hasta que se cierre la denuncia.',
  passage: 'Idioma del pasaje',
  switches: 'Al escribir',
  switchTyping: 'Rayas, comillas y espacios de no separación al escribir',
  switchSpelling: 'Marcar las faltas de ortografía',
  switchMarks: 'Mostrar los espacios de no separación',
  on: 'Sí',
  off: 'No',
  document: 'Idioma del documento',
  documentHint:
    'Se usa para la ortografía, las comillas y el archivo de Word, salvo en los pasajes marcados en otro idioma.',
};
