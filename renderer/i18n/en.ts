import { editorEn } from './editor.en.ts';
import { evidenceEn } from './evidence.en.ts';
import { noticesEn } from './notices.en.ts';

/** The English catalogue; es.ts has exactly its keys. */
export const en = {
  ...evidenceEn,
  editor: editorEn,
  notices: noticesEn,
  common: {
    close: 'Close', cancel: 'Cancel', save: 'Save', done: 'Done', back: 'Back', remove: 'Remove', edit: 'Edit', add: 'Add', loading: 'Loading…',
    copy: 'Copy', copied: 'Copied', dismiss: 'Dismiss', optional: 'optional', required: 'Please fill in this field.',
    english: 'English', spanish: 'Español', language: 'Language',
  },
  shell: {
    skip: 'Skip to the text', title: 'Title of the complaint', rename: 'Rename', library: 'All complaints', template: 'CRCL complaint',
    sample: 'Sample', readOnly: 'Reading only', here: 'Here now', hereWith: 'Here now: {{name}}', you: '{{name}} (you)',
    search: 'Search or run', invite: 'Invite', check_one: 'Check {{count}} claim without an exhibit', check_other: 'Check {{count}} claims without an exhibit',
    checkWord: 'Check', build: 'Build filing', topBar: 'Complaint', leftSidebar: 'Outline, exhibits and people', page: 'Text of the complaint',
    rightPanel: 'About the selection', statusBar: 'Status', showLeft: 'Show the outline', hideLeft: 'Hide the outline', showRight: 'Show the panel', hideRight: 'Hide the panel',
    resizeLeft: 'Width of the left sidebar', resizeRight: 'Width of the right panel', opening: 'Opening the complaint…',
    outlineTab: 'Outline', exhibitsTab: 'Exhibits', peopleTab: 'People', tabs: 'Left sidebar', settings: 'Settings',
    nothingSelected: 'Nothing selected', nothingSelectedHint: 'Put the caret on an underlined claim to see what proves it, or select words and mark them as a claim.',
  },
  sync: {
    alone: 'Only on this computer', everyone: 'Everyone has your changes', sending: 'Sending your changes', connecting: 'Looking for the relay',
    waiting: 'Kept here until the relay is back', refused: 'The relay refused; kept here', held: 'Held back: nothing is being sent', onRelay: 'On the relay; partners catch up later', saving: 'Saving…',
  },
  status: {
    saved: 'Saved on this computer', saving: 'Saving on this computer…', alone: 'Only on this computer',
    nobodyYet: 'On the relay; no partner has joined yet',
    haveIt_one: 'On the relay; {{count}} partner has it', haveIt_other: 'On the relay; {{count}} partners have it',
    someHaveIt_one: 'On the relay; {{upToDate}} of {{count}} partner has it', someHaveIt_other: 'On the relay; {{upToDate}} of {{count}} partners have it',
    sending_one: 'Sending {{count}} change to the relay', sending_other: 'Sending {{count}} changes to the relay',
    connecting: 'Looking for the relay; everything is kept here', away: 'Relay away since {{time}}; everything is kept here and will be sent', awayNow: 'Relay away; everything is kept here and will be sent', refused: 'The relay refused; everything is kept here',
    nothingHeld: 'Nothing held back', held: 'Held back since {{time}}; nothing is being sent',
    words_one: '{{number}} word', words_other: '{{number}} words', paragraphs: '{{number}} ¶', paragraphsLong_one: '{{number}} numbered paragraph', paragraphsLong_other: '{{number}} numbered paragraphs',
    zoom: 'Page zoom', zoomIn: 'Page larger', zoomOut: 'Page smaller', zoomReset: 'Page at 100%',
  },
  outline: {
    empty: 'No headings yet. Choose a heading style above the page.', section: '{{label}} {{text}}', proof_one: '{{proved}} of {{count}} claim has an exhibit', proof_other: '{{proved}} of {{count}} claims have an exhibit',
    noClaims: 'no claims', list: 'Sections', untitled: '(empty heading)', loading: 'Reading the text…', citedHere: 'Exhibits cited in this section', times_one: 'cited once', times_other: 'cited {{count}} times', citedNowhere: 'Cited nowhere',
  },
  toolbar: {
    label: 'Formatting', style: 'Paragraph style', bold: 'Bold', italic: 'Italic', underline: 'Underline', smallCaps: 'Small caps', undo: 'Undo', redo: 'Redo',
    claim: 'Claim', claimHint: 'Mark the selected words as a claim', cite: 'Cite…', citeHint: 'Cite an exhibit at the caret', person: 'Person…', personHint: 'Insert a person under their pseudonym',
    exhibit: 'Exhibit', page: 'Page', pageHint: '0 for the whole exhibit', insert: 'Insert', noExhibits: 'No exhibits yet. Add one in the Exhibits tab.', noPeople: 'No people yet. Add one in the People tab.',
    linksToo: 'The claim at the caret is linked to that page too.', openExhibits: 'Open exhibits', openPeople: 'Open people', cannotInsert: 'Put the caret in the text first.',
  },
  styles: {
    h1: 'Heading I.', h2: 'Heading A.', h3: 'Heading 1.', h4: 'Heading a.', numbered: 'Numbered ¶', plain: 'Plain paragraph', centered: 'Centered', right: 'Right-aligned',
    address: 'Address lines', re: 'Re: line', quote: 'Block quote', bullet: 'Bulleted list', ordered: 'Numbered list', signature: 'Signature block',
  },
  palette: {
    label: 'Search or run', placeholder: 'Search headings, exhibits, people, claims, or run a command', empty: 'Nothing found for “{{query}}”. Try another word.', results_one: '{{count}} result', results_other: '{{count}} results',
    command: 'Command', heading: 'Heading', exhibit: 'Exhibit', person: 'Person', claim: 'Claim',
    markClaim: 'Mark the selection as a claim', cite: 'Cite an exhibit', insertPerson: 'Insert a person', toggleLeft: 'Show or hide the outline', toggleRight: 'Show or hide the panel', openOutline: 'Open the outline', openExhibits: 'Open exhibits', openPeople: 'Open people',
    openUnsupported: 'Claims without an exhibit', toEnglish: 'Switch to English', toSpanish: 'Switch to Spanish (Español)', themeLight: 'Light colors', themeDark: 'Dark colors', themeSystem: 'Colors as the system', allComplaints: 'All complaints', setStyle: 'Style: {{style}}',
  },
  guide: {
    title: 'In one minute', claimTerm: 'Claim', claim: 'Words of the text that somebody must prove. They are underlined; the dot in the margin says whether something proves them.',
    exhibitTerm: 'Exhibit', exhibit: 'The document that proves a claim, cited as (Ex. C at 4). The letters follow the text by themselves.',
    personTerm: 'Protected person', person: 'Everyone in the text goes by a pseudonym with an asterisk. Real names do not belong in this file.',
    dismiss: 'Got it', again: 'Show “In one minute”',
  },
  library: {
    title: 'Complaints', subtitle: 'Everything is on this computer. Nothing is sent until you invite somebody.', create: 'New complaint', newTitle: 'Title', newTitleDefault: 'New complaint', createAction: 'Create from the CRCL template', join: 'Join with a link',
    empty: 'No complaints here yet. Start one from the template, or paste an invitation link.', emptyArchive: 'Nothing is archived.', open: 'Open', openNamed: 'Open {{title}}', rename: 'Rename', renameNamed: 'Rename {{title}}', archive: 'Archive', archiveNamed: 'Archive {{title}}', unarchive: 'Take back', unarchiveNamed: 'Take back {{title}}',
    sample: 'Sample', shared: 'Shared', alone: 'Only on this computer', damaged: 'Damaged', changed: 'Changed {{time}}', active: 'Open complaints', archived: 'Archive', showArchive_one: 'Archive ({{count}})', showArchive_other: 'Archive ({{count}})', newName: 'New title', failed: 'The list could not be read. The complaints themselves are untouched.', retry: 'Try again', untitled: 'Untitled complaint',
  },
  join: {
    title: 'Join a complaint', link: 'Invitation link', linkHint: 'Paste the whole link your partner sent you.', organization: 'Your organization', organizationHint: 'This is how partners see you in the text.', action: 'Join', joining: 'Joining…',
    receivedTitle: 'An invitation was opened', received: 'Another program handed Alegato an invitation link. Join only if you expected it and trust whoever sent it. Nothing has been sent yet.', accept: 'Continue to join', refuse: 'Ignore it',
  },
  invite: {
    title: 'Invite an organization', organization: 'Your organization', organizationHint: 'Partners see this name beside your cursor.', relay: 'Relay address', relayHint: 'The server that passes sealed text between you. It cannot read it. Example: wss://relay.example.org', make: 'Make invitation link', making: 'Making the link…', link: 'Invitation link',
    what: 'Whoever holds this link can read and edit the whole complaint. Send it over a channel you trust, to one person, for one computer, and only once. Make a new link for each partner.', shown: 'The link is shown only now and is not stored in readable form.', another: 'Make another link',
    consent: 'From the first link on, the sealed text leaves this computer for that relay. Originals never do.', readOnly: 'This complaint is open for reading only, so nobody can be invited from here.',
  },
  people: {
    title: 'People', add: 'Add a person', empty: 'No people yet. Add everyone the text speaks about, under a pseudonym.', noRealNames: 'Real names do not belong here. Everything in this list travels to your partners. Keep the key of names outside Alegato.', pseudonym: 'Pseudonym', pseudonymHint: 'Plausible, and unlike the real name: no shared initial.',
    role: 'Role', consent: 'Consent', note: 'Note', noteHint: 'Nothing here that would identify the person.', insert: 'Insert in text', insertNamed: 'Insert in text: {{name}}', editNamed: 'Edit {{name}}', removeNamed: 'Remove {{name}}', newPerson: 'New person', editPerson: 'Edit person', mentions_one: 'Named once in the text', mentions_other: 'Named {{count}} times in the text', confirmRemove: 'Remove {{name}}? Mentions in the text will show no name. Claims and exhibits are kept.',
    sharedInitials: '{{name}} and {{other}} share the initial {{initial}}. Choose names that nobody can mix up.', duplicate: 'There is already a person called {{name}}. Choose another pseudonym.', nameless: 'Give the person a pseudonym.', inserted: '{{name}} inserted.', gone: 'This person is no longer in the list. The text is unchanged.', noConsentWarning: 'No consent recorded',
    roles: { complainant: 'Complainant', witness: 'Witness', 'public-source': 'Named in a public source', relative: 'Relative', other: 'Other' },
    consents: { none: 'None recorded', 'own-org': 'Own organization only', coalition: 'Coalition', 'crcl-pseudonym': 'CRCL, under the pseudonym', 'crcl-identity': 'CRCL, with identity', public: 'Public', press: 'Press' },
  },
  filing: {
    title: 'Build filing', what: 'What will be written', document: 'One Word document, US Letter, with real numbering, live citations and the exhibit index.', paragraphs: 'Numbered paragraphs', words: 'Words', exhibits: 'Exhibits in the index', exhibitsValue: '{{total}}, {{cited}} cited', recipients: 'Recipients', claims: 'Claims', unsupported_one: '{{count}} claim has no exhibit', unsupported_other: '{{count}} claims have no exhibit', allSupported: 'Every claim has an exhibit', seeUnsupported: 'See them',
    sample: 'This is the sample. Every page will say: “{{legend}}”. Its signature blocks stay empty.', clean: 'No author, no dates and no revision marks are written. Originals stay on this computer.', subject: 'Re: line', letterDate: 'Date of the letter', letterDateHint: 'As it should stand in the letter; may stay empty.', export: 'Write the Word file…', exporting: 'Writing…', saved: 'Written', path: 'File', sha256: 'SHA-256', size: 'Size', show: 'Show in folder', copySha: 'Copy the number', again: 'The same text gives the same bytes on every computer: compare this number with your partners.', fileName: 'Complaint',
    recipientsTitle: 'Recipients', addRecipient: 'Add a recipient', noRecipients: 'No recipients yet. Add whom the letter goes to.', block: 'Name and address, one line each', via: 'Sent by', viaHint: 'As in the letter: VIA EMAIL: …', kind: 'Kind', to: 'Addressee', cc: 'Copy (cc)', asOf: 'Checked on', asOfHint: 'When somebody last checked this entry.', stale: 'Not checked since {{date}}. Check before filing.', never: 'Never checked. Check before filing.', checkedOn: 'Checked on {{date}}', confirmRemove: 'Remove this entry?', newRecipient: 'New recipient', editRecipient: 'Edit recipient',
    authoritiesTitle: 'Authorities', addAuthority: 'Add an authority', noAuthorities: 'No authorities yet. Add the laws the complaint rests on.', citation: 'Citation', use: 'What for', basis: 'Basis', seen: 'Seen in a public source', unchecked: 'From memory, unchecked', newAuthority: 'New authority', editAuthority: 'Edit authority', editNamed: 'Edit {{name}}', removeNamed: 'Remove {{name}}',
  },
  settings: {
    title: 'Settings', theme: 'Colors', system: 'As the system', light: 'Light', dark: 'Dark', language: 'Language', interfaceSize: 'Interface size', pageZoom: 'Page zoom', organization: 'Organization name', organizationHint: 'How partners see you.', relay: 'Relay address', relayHint: 'Used when you invite somebody. Alegato contacts no other computer.', percent: '{{value}}%', larger: 'Larger', smaller: 'Smaller', badRelay: 'A relay address starts with wss:// or ws://.',
  },
};
