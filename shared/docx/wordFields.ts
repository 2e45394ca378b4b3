import { Run, TextRun, XmlAttributeComponent, XmlComponent } from 'docx';

class CharacterTypeAttribute extends XmlAttributeComponent<{ readonly type: string }> {
  protected override readonly xmlKeys = { type: 'w:fldCharType' };
}
class FieldCharacter extends XmlComponent {
  constructor(type: 'begin' | 'separate' | 'end') {
    super('w:fldChar');
    this.root.push(new CharacterTypeAttribute({ type }));
  }
}
class SpaceAttribute extends XmlAttributeComponent<{ readonly space: string }> {
  protected override readonly xmlKeys = { space: 'xml:space' };
}
class Instruction extends XmlComponent {
  constructor(code: string) {
    super('w:instrText');
    this.root.push(new SpaceAttribute({ space: 'preserve' }), code);
  }
}

/**
 * A link as Word's own field, which needs no relationship in the package [FI56]. `address` is an allowed one, which
 * holds neither quotes nor backslashes; `words` are the runs shown.
 */
export function buildLink(address: string, words: readonly Run[]): Run[] {
  return [
    new Run({ children: [new FieldCharacter('begin')] }),
    new Run({ children: [new Instruction(` HYPERLINK "${address}" `)] }),
    new Run({ children: [new FieldCharacter('separate')] }),
    ...words,
    new Run({ children: [new FieldCharacter('end')] }),
  ];
}

/**
 * A field with its stored result. Written as a complex field: readers that drop `w:fldSimple` would lose the words in it.
 * `code` is the field's instruction, made of our own bookmark names only.
 */
export function buildField(code: string, result: string): Run[] {
  return [
    new Run({ children: [new FieldCharacter('begin')] }),
    new Run({ children: [new Instruction(` ${code} `)] }),
    new Run({ children: [new FieldCharacter('separate')] }),
    new TextRun({ text: result }),
    new Run({ children: [new FieldCharacter('end')] }),
  ];
}
