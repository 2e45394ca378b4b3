import type { Catalogue } from './catalogue.ts';
import type { securityEn } from './security.en.ts';

/** Frase de acceso, hoja de recuperación y respaldos. */
export const securityEs: Catalogue<typeof securityEn> = {
  title: 'Seguridad y respaldos',
  passphrase: 'Frase de acceso',
  newPassphrase: 'Frase de acceso nueva',
  currentPassphrase: 'Frase de acceso actual',
  again: 'La misma, otra vez',
  differs: 'Las dos no son iguales.',
  show: 'Mostrar lo que escribo',
  passphraseHint: 'Al menos 10 caracteres. Lo más fácil de recordar: cuatro o cinco palabras que nadie adivinaría.',
  none: 'Sin frase de acceso: quien abra esta computadora puede abrir sus denuncias.',
  noneKeychain:
    'El llavero del sistema guarda la llave: quien tenga abierta la sesión en esta computadora puede abrir sus denuncias. Una frase de acceso también las protege ahí.',
  set: 'Sus denuncias se abren con su frase de acceso.',
  setKeychain:
    'Sus denuncias se abren con su frase de acceso; en esta computadora el llavero del sistema las abre sin pedirla.',
  whatFor:
    'La frase de acceso cierra todas las denuncias en esta computadora, también si se pierde, se la roban o la registran. Nadie puede restablecerla: haga además una hoja de recuperación.',
  setAction: 'Poner una frase de acceso',
  changeAction: 'Cambiar la frase de acceso',
  saveAction: 'Poner esta frase de acceso',
  working: 'Un momento… tarda unos segundos.',
  saved: 'La frase de acceso quedó puesta.',
  useKeychain: 'Abrir sin preguntar mientras mi sesión esté abierta en esta computadora',
  useKeychainHint: 'El llavero del sistema da entonces la llave. Quítelo antes de viajar.',
  lock: 'Cerrar con llave',
  lockHint: 'Cierra todas las denuncias. Todo lo escrito se conserva.',

  askTitle: 'Antes de trabajar con otras organizaciones',
  askShare:
    'Lo que escriban usted y sus aliados quedará en esta computadora. Ponga antes una frase de acceso, para que siga cerrado si la computadora se pierde o la registran.',
  askStay: 'Esta denuncia está compartida y esta computadora la abre sin preguntar. Ponga una frase de acceso.',
  askLater: '¿Solo está probando con el ejemplo? Entonces puede esperar.',

  unlockTitle: 'Sus denuncias están cerradas con llave',
  unlockHint: 'Todo está aquí, en esta computadora.',
  unlock: 'Abrir',
  unlocking: 'Abriendo… tarda unos segundos.',
  forgot: 'Usar la hoja de recuperación',
  backToPassphrase: 'Usar la frase de acceso',
  code: 'Código de recuperación',
  codeHint: 'Siete grupos de cinco. No importan mayúsculas, espacios ni guiones.',
  restoreInstead: 'Recuperar un respaldo…',
  damagedTitle: 'Sus denuncias no se pueden abrir',
  resetHint:
    'Usted abrió con la hoja de recuperación. Ponga ahora una frase de acceso nueva; no hace falta la anterior.',

  kit: 'Hoja de recuperación',
  kitNone:
    'Todavía no hay hoja de recuperación. Con ella y un respaldo sus denuncias se abren en otra computadora, y olvidar la frase de acceso no es una pérdida.',
  kitMade: 'Hoja de recuperación hecha el {{date}}.',
  kitMake: 'Hacer una hoja de recuperación',
  kitAnew: 'Hacer una hoja nueva',
  kitAnewHint: 'Si hace una nueva, esta deja de valer y ya no abre nada.',
  kitCode: 'Su código de recuperación',
  kitGroup: 'Grupo {{group}}: {{characters}}',
  kitKeep:
    'Anótelo o imprímalo y guárdelo lejos de esta computadora: con alguien de confianza, o donde guarda sus papeles. Quien tenga el código y un respaldo puede leer sus denuncias.',
  kitPdf: 'Guardar una página para imprimir…',
  kitText: 'Guardar como texto…',
  kitWritten: 'Ya está escrita. Imprímala y después borre el archivo de esta computadora.',
  kitConfirm: 'Escriba el último grupo, leyéndolo de su papel',
  kitConfirmHint: 'A partir de ahí el código vale.',
  kitConfirmAction: 'Ya lo tengo',
  kitDone: 'La hoja de recuperación vale desde ahora.',
  kitPageTitle: 'Hoja de recuperación de Alegato',
  kitPageMade: 'Hecha el',
  kitPageName: 'Hoja de recuperación de Alegato',
  kitPage1:
    'Este código abre las denuncias de Alegato si se olvida la frase de acceso y, junto con un respaldo, en otra computadora si esta se pierde.',
  kitPage2:
    'En otra computadora: instale Alegato, abra Ajustes, Seguridad y respaldos, elija «Recuperar desde un archivo…», elija el archivo del respaldo, después «Usar la hoja de recuperación» y escriba este código.',
  kitPage3:
    'Si se olvidó la frase de acceso: en la pantalla que la pide elija «Usar la hoja de recuperación», escriba este código y ponga una frase nueva.',
  kitPage4:
    'El código usa los números del 0 al 9 y letras sin I, L, O ni U: lo que parece una O es un cero, lo que parece una I o una L es un uno.',
  kitPage5:
    'Guárdela lejos de la computadora y del respaldo. Quien tenga los dos puede leer todo. Si eso pudo pasar, haga una hoja nueva: esta ya no abrirá nada.',

  backups: 'Respaldos',
  backupsWhat:
    'Se hacen solos cada día, sellados, y se abren otra vez para comprobarlos. Se guardan los últimos 7 días y 4 semanas.',
  backupsNoKey:
    'Un respaldo se abre en otra computadora solo con una frase de acceso o una hoja de recuperación. Ponga una y respalde de nuevo.',
  folder: 'Carpeta',
  chooseFolder: 'Elegir otra carpeta…',
  backUpNow: 'Respaldar ahora',
  running: 'Respaldando…',
  checking: 'Comprobando el respaldo…',
  restoring: 'Recuperando…',
  stop: 'Detener',
  saveComplete: 'Guardar un respaldo completo…',
  saveCompleteHint: 'Un solo archivo con todo, también los anexos: para una memoria o para otra computadora.',
  completeName: 'Respaldo de Alegato',
  completeSaved: 'El respaldo está escrito y comprobado ({{size}}).',
  backedUp: 'El respaldo está hecho y comprobado.',
  noBackups: 'Todavía no hay respaldos. El primero se hace solo en unos minutos.',
  list: 'Respaldos, del más nuevo al más viejo',
  backupOf: '{{date}}',
  holds_one: '{{count}} denuncia, {{size}}',
  holds_other: '{{count}} denuncias, {{size}}',
  backupDamaged: 'Este respaldo ya no se abre. Los anteriores y los posteriores no están afectados.',
  showBackup: 'Ver qué hay en el respaldo del {{date}}',
  bringBack: 'Traer de vuelta',
  bringBackNamed: 'Traer de vuelta {{title}}',
  bringBackHint:
    'Se pone al lado de lo que hay, como copia que no está compartida. Una denuncia dañada o que falta vuelve a su propio lugar.',
  copyTitle: '{{title}} (respaldo del {{date}})',
  broughtBack: '«{{title}}» está otra vez en la lista.',
  untitled: 'Denuncia sin título',
  damagedThen: 'ya estaba dañada; no está aquí',
  restoreAll: 'Recuperar todo desde este respaldo',
  restoreAllQuestion:
    'Todas las denuncias de aquí dejan su lugar a las del {{date}}. Lo que hay ahora queda apartado en la carpeta de datos. ¿Seguir?',
  restoreAllAction: 'Recuperar todo',
  restoreFile: 'Recuperar desde un archivo…',
  restoreTitle: 'Recuperar un respaldo',
  restoreOf: 'Respaldo del {{date}}',
  restoreSame: 'La llave de estas denuncias lo abre.',
  restoreSecret: 'Ábralo con la frase de acceso con que se hizo, o con la hoja de recuperación.',
  restoreNeither:
    'Este respaldo se hizo sin frase de acceso y sin hoja de recuperación. Solo lo abre la computadora que lo hizo.',
  restoreAside:
    'Lo que hay ahora en esta computadora queda apartado, no se borra. Sus aliados admiten de nuevo esta computadora.',
  restoreAction: 'Recuperar',
};
