import type { Catalogue } from './catalogue.ts';
import type { pasteEn, pasteNoticesEn } from './paste.en.ts';

/** Oraciones sobre pegar. */
export const pasteEs: Catalogue<typeof pasteEn> = {
  reading: 'Leyendo lo copiado…',
  progress: 'Pegando: párrafo {{done}} de {{total}}',
  cancel: 'Cancelar (Esc)',
  label: 'Pegando',
};

/** Lo que se dice después de pegar. */
export const pasteNoticesEs: Catalogue<typeof pasteNoticesEn> = {
  'paste-words-only':
    'Lo copiado es demasiado grande con su formato, así que solo se pegan las palabras. De la denuncia no se perdió nada. Cópielo por partes si quiere conservar títulos y listas.',
  'paste-too-large':
    'Lo copiado es demasiado grande para pegarlo de una vez, así que no se cambió nada. Sigue en el portapapeles. Cópielo por partes o agregue el archivo como prueba.',
  'paste-cancelled': 'Se canceló el pegado y se quitó lo que ya se había puesto. Sigue en el portapapeles.',
  'paste-place-gone':
    'Otra organización quitó el lugar donde se estaba pegando. Lo que ya se puso se queda. Oprima Ctrl+Z para quitarlo, o vuelva a pegar el resto.',
  'paste-without-pictures':
    'Se pegaron las palabras sin las imágenes ({{count}}). Las imágenes que prueban algo van en las pruebas.',
  'paste-without-links':
    'Se pegaron las palabras, pero los enlaces que no llevan a una página web ni a un correo ({{count}}) quedaron como texto.',
  'paste-without-deletions':
    'No se pegaron los pasajes que allá estaban marcados como eliminados ({{count}}); lo demás sí. Si los quiere, rechace esos cambios en el otro programa y copie de nuevo.',
  'paste-tables-as-lines':
    'Las tablas ({{count}}) se pegaron como líneas, una por fila, porque aquí no cabe una tabla o porque son muy grandes. No se perdió ninguna palabra. Si las quiere como tablas, oprima Ctrl+Z, desactive las sugerencias, ponga el cursor en el texto fuera de una tabla y vuelva a pegar por partes.',
  'drag-refused':
    'Las palabras no se pueden arrastrar, porque alguien puede estar escribiendo en ellas. No se movió nada. Córtelas con Ctrl+X y péguelas con Ctrl+V.',
};
