import type { Catalogue } from './catalogue.ts';
import type { imageNoticesEn, imagesEn } from './images.en.ts';

/** Oraciones sobre imágenes en el texto. */

export const imagesEs: Catalogue<typeof imagesEn> = {
  tool: 'Imagen…',
  insertTitle: 'Insertar una imagen',
  editTitle: 'Imagen',
  choose: 'Elegir una imagen…',
  chooseOther: 'Elegir otra…',
  chooseHint: 'PNG o JPEG. También puede pegarla en el texto o soltar el archivo donde va.',
  reading: 'Leyendo la imagen…',
  preview: 'La imagen como quedará en el texto',
  facts: '{{width}} × {{height}} píxeles',
  cleaned: 'Antes de guardarla se le quitan el lugar, la hora, la cámara y otros datos ocultos.',
  alt: 'Descripción',
  altHint: 'Lo que debe saber quien no puede verla. Se presenta junto con la imagen.',
  altNeeded: 'Describa la imagen con palabras: la denuncia tiene que poder leerse sin verla.',
  width: 'Ancho, en porcentaje del texto',
  narrower: 'más angosta',
  wider: 'más ancha',
  looked: 'La revisé: no se puede reconocer en ella a nadie que haya que proteger.',
  lookedHint:
    'Rostros, nombres, placas, direcciones, pantallas. Ningún programa puede verlo por usted; la imagen les llega a las demás organizaciones.',
  lookedNeeded: 'Primero revise la imagen y luego márquelo aquí.',
  chooseFirst: 'Primero elija una imagen.',
  insert: 'Insertar imagen',
  inserting: 'Insertando…',
  next_one: 'Falta {{count}} imagen más',
  next_other: 'Faltan {{count}} imágenes más',
  save: 'Guardar',
  remove: 'Quitar la imagen',
  keys: 'Con la imagen seleccionada: Enter abre este cuadro, + y − cambian el ancho, Supr la quita.',
  readOnly: 'Solo lectura: no se puede cambiar la imagen.',
  inserted: 'Imagen insertada.',
  removed: 'Imagen quitada.',
  widthNow: 'Ancho: {{width}} por ciento',
  selected: 'Imagen: {{alt}}',
  lookedOn: 'Se revisó el {{date}}, antes de insertarla',
  lookedBy: 'La revisó {{who}} el {{date}}, antes de insertarla',
  noAlt: 'Imagen sin descripción',
  state: {
    loading: 'Se está leyendo la imagen…',
    waiting: 'Todavía no está en esta computadora. Llegará sola.',
    damaged: 'El archivo de esta imagen está dañado y no se muestra. Pida a quien la insertó que la inserte de nuevo.',
    gone: 'El archivo de esta imagen no está en esta denuncia. Insértela de nuevo desde su archivo.',
  },
  named: '{{alt}} ({{state}})',
  filing_one: '{{count}} imagen',
  filing_other: '{{count}} imágenes',
  filingHint:
    'Cada una se presenta con su descripción. Revise una vez más que no se reconozca a nadie que deba estar protegido.',
  filingUnnamed_one: '{{count}} imagen no tiene descripción',
  filingUnnamed_other: '{{count}} imágenes no tienen descripción',
  see: 'Verla',
  seeNamed: 'Ver en el texto la imagen «{{alt}}»',
};

export const imageNoticesEs: Catalogue<typeof imageNoticesEn> = {
  'image-kind':
    'No es una imagen PNG ni JPEG y no se insertó. El archivo quedó intacto. Guárdela como PNG o JPEG e inserte esa.',
  'image-file-large':
    'Esta imagen es demasiado grande y no se insertó: puede tener 40 MB como máximo, y 10 MB una vez escrita para la página. El archivo quedó intacto. Guárdela más pequeña o como JPEG e inserte esa.',
  'image-needs-caret':
    'No hay cursor en el texto, por eso la imagen no se insertó. Haga clic donde va e insértela de nuevo.',
  'image-while-suggesting':
    'La descripción y el ancho de una imagen no se pueden sugerir, así que no se cambió nada. Comente la imagen o deje primero de sugerir.',
  'image-reviewer':
    'Quien revisa no puede insertar imágenes, así que no se cambió nada. Envíe la imagen a quien edita la denuncia o comente dónde va.',
  'filing-without-image':
    'El archivo de una imagen del texto no está en esta computadora o está dañado, por eso no se escribió ningún archivo de Word. El texto quedó intacto. Abra la imagen en el texto y elija «Traer ahora», o quítela, y genere de nuevo el escrito.',
};
