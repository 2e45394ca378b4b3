import type { SECURITY_NOTICE_CODES } from '../../shared/ipc/securityNotices.ts';

/** Qué pasó, qué se conservó y qué hacer. */
export const securityNoticesEs: Record<(typeof SECURITY_NOTICE_CODES)[number], string> = {
  'passphrase-wrong':
    'Esa no es la frase de acceso. No se cambió nada y puede intentarlo las veces que quiera. Si la perdió, use su hoja de recuperación.',
  'passphrase-short':
    'Esa frase de acceso es muy corta. Use al menos 10 caracteres; cuatro o cinco palabras es lo más fácil.',
  'passphrase-first':
    'Todavía no se compartió nada. Las palabras de sus aliados también quedarán en esta computadora: primero ponga una frase de acceso y después invite.',
  'recovery-code-mistyped':
    'El grupo {{group}} del código de recuperación no está bien. No se cambió nada. Compárelo con el papel y escríbalo de nuevo.',
  'recovery-code-wrong':
    'El código está bien escrito pero no abre estas denuncias. Busque una hoja más nueva; solo vale la última.',
  'key-slot-damaged':
    'Esta forma de abrir no está preparada aquí, o su parte del archivo de llaves está dañada. No se cambió nada. Use la otra: frase de acceso o código de recuperación.',
  'key-damaged':
    'El archivo que guarda la llave de sus denuncias está dañado. Las denuncias no se tocaron. Recupere un respaldo con su frase de acceso o su hoja de recuperación.',
  'key-missing':
    'Aquí hay denuncias, pero falta el archivo que guarda su llave. Las denuncias no se tocaron. Recupere un respaldo con su frase de acceso o su hoja de recuperación.',
  'key-locked':
    'El llavero del sistema no entrega la llave de sus denuncias. No se cambió nada. Desbloquéelo y vuelva a abrir Alegato, o recupere un respaldo.',
  'key-newer-version':
    'Estas denuncias se cerraron con un Alegato más nuevo. No se cambió nada. Actualice Alegato para abrirlas.',
  'library-locked':
    'Sus denuncias están cerradas con llave. No se cambió nada. Ábralas primero con su frase de acceso.',
  'library-in-use':
    'Otro Alegato tiene abiertas estas denuncias. No se cambió nada. Ciérrelo allá y vuelva a abrir este.',
  'kit-not-written':
    'La hoja de recuperación no se escribió; la que tenía sigue valiendo. Revise que se pueda escribir en la carpeta e inténtelo de nuevo.',
  'complaint-repaired':
    'Una parte del archivo de esta denuncia estaba dañada. Se reparó y se guardó una copia del archivo dañado. Revise el texto; lo que falte vuelve de sus aliados o de un respaldo.',
  'complaint-parts-missing':
    'Una parte de esta denuncia no se pudo leer (pasos guardados: {{count}}). Todo lo demás está abierto. Lo que tienen sus aliados vuelve solo; un respaldo puede tener el resto.',
  'complaint-restored': 'La denuncia volvió, desde el respaldo. Lo demás no cambió.',
  'complaint-not-damaged':
    'Esta denuncia no está dañada y por eso no se reemplazó. No se cambió nada. Se puede poner una copia al lado.',
  'backup-not-one':
    'Ese archivo no es un respaldo de Alegato. No se cambió nada. Elija un archivo que termine en «.alegato-backup».',
  'backup-damaged':
    'Este respaldo está dañado y no se recuperó nada de él. Lo que hay en esta computadora no cambió. Elija otro respaldo.',
  'backup-newer-version':
    'Este respaldo se hizo con un Alegato más nuevo. No se cambió nada. Actualice Alegato y después recupérelo.',
  'backup-other-key':
    'Este respaldo es de otro archivo de denuncias y no se abre así. No se cambió nada. Use su propia frase de acceso o su código de recuperación.',
  'backup-files-elsewhere':
    'Los archivos de los anexos no están junto a este respaldo. No se cambió nada. Elíjalo dentro de su propia carpeta, o elija un respaldo completo.',
  'backup-missing': 'Este respaldo ya no está en la carpeta. No se cambió nada. Elija otro.',
  'backup-cancelled': 'Se detuvo. Nada quedó a medias.',
  'backup-running':
    'En este momento se está haciendo un respaldo. No se cambió nada. Espere a que termine o deténgalo e inténtelo de nuevo.',
  'backup-failed':
    'El respaldo no se hizo. Sus denuncias y los respaldos anteriores no cambiaron. Revise que la carpeta de respaldos exista y se pueda escribir en ella.',
  'library-restored':
    'Sus denuncias volvieron. Lo que había antes quedó apartado en la carpeta de datos. Sus aliados admiten de nuevo esta computadora antes de intercambiar cambios.',
};
