import type { Exhibit } from '../../shared/domain/records.ts';

export interface SampleExhibit {
  /** Letter in the list of the sample, `C-1` for a member of group C. The label in the letter is computed, not this. */
  key: string;
  title: string;
  date: string;
  source: string;
  language: string;
  confidentiality: Exhibit['confidentiality'];
  pageCount: number;
  /** One sentence: what the real document is. Printed on every page without a text of its own. */
  about: string;
  /** Page number to what the real document is said to show there. Every page that the letter cites has one. */
  pages: Record<number, string>;
  /** Pages that carry a bar where the real copy has an A-number blacked out. */
  barPages: number[];
}

/** The exhibits of the bundled sample, in the order of the list (K is cited nowhere, on purpose). */
export const SAMPLE_EXHIBITS: readonly SampleExhibit[] = [
  {
    key: 'A',
    title: 'Descriptions of the complainant organizations (placeholder)',
    date: 'June 2023',
    source: 'The complainants',
    language: 'English',
    confidentiality: 'public',
    pageCount: 4,
    barPages: [],
    about: 'One page on each of the four organizations that bring the sample complaint. They are invented.',
    pages: {
      1: 'Lakeshore Immigrant Justice Center represents asylum seekers and detained immigrants. It is counsel for both individual complainants and keeps the originals of their declarations. The organization is invented for this sample.',
      2: 'Cenzontle Documentación de Derechos records human rights violations in El Salvador. Its staff take testimony and keep a register of reported detentions. The organization is invented for this sample.',
      3: 'Open Signal Digital Rights studies what happens when governments collect people’s data and trade it across borders. The organization is invented for this sample.',
      4: 'The Alder Law School International Human Rights Clinic is a teaching clinic. Its students and their supervising attorney analyzed the agreements and privacy documents. The clinic is invented for this sample.',
    },
  },
  {
    key: 'B',
    title: 'Declaration of Oscar* (placeholder)',
    date: 'May 2023',
    source: 'Oscar*, through the Lakeshore Immigrant Justice Center',
    language: 'Spanish, with English translation',
    confidentiality: 'redacted',
    pageCount: 12,
    barPages: [1, 4, 12],
    about:
      'The sworn account of the complainant called Oscar*. The declaration is fictional; its main facts follow public reporting.',
    pages: {
      1: 'The declarant gives his pseudonym and says that his name and A-number are in the confidential key. He declares through an interpreter who read the text back to him.',
      2: 'The declarant says why he left El Salvador in 2014. Police officers beat people where he lived, and gangs threatened them. He did not expect to survive if he stayed.',
      3: 'The declarant says that he left everything he had and traveled to the United States in 2014. He asked for protection there.',
      4: 'The declarant says that he was taken into immigration custody shortly after he arrived. Nobody showed him a document at that time.',
      5: 'The declarant describes his bond hearing. The government’s lawyer opposed his release and relied on an INTERPOL Red Notice and a Salvadoran warrant. He saw the papers only later, through counsel.',
      6: 'The declarant compares the dates. The crimes he is accused of are said to have happened months after he had left El Salvador. He could not have been there.',
      7: 'The declarant names his parents in the confidential key and says that the accusation names other people. He gave the officers his birth record at the first interview.',
      8: 'The declarant says that he lost two years of his liberty in the United States because of the accusation.',
      9: 'The declarant says that he has shown his innocence in court more than once. Each time the same accusation came back at the next stage. Nobody has withdrawn the entry.',
      10: 'The declarant says that his case has not been decided, almost a decade after he was first accused.',
      11: 'The declarant describes how he lives with the accusation. He fears every check of his fingerprints.',
      12: 'Signature page. The signed original stays with counsel, whose attestation takes its place here. The declaration is made under penalty of perjury (28 U.S.C. § 1746).',
    },
  },
  {
    key: 'C-1',
    title: 'INTERPOL Red Notice concerning Oscar*, redacted (placeholder)',
    date: '[to be confirmed]',
    source: 'INTERPOL, at the request of El Salvador',
    language: 'English',
    confidentiality: 'redacted',
    pageCount: 3,
    barPages: [1],
    about: 'The notice that the government’s lawyer put forward at the bond hearing.',
    pages: {
      1: 'First page of the notice: the identity of the wanted person as the requesting country gave it. Names and numbers are withheld in this copy.',
      2: 'Particulars of the accusation. The offenses are dated some months after the complainant had left El Salvador in 2014.',
      3: 'Request addressed to member countries. The page says nothing about the evidence behind the warrant.',
    },
  },
  {
    key: 'C-2',
    title: 'Salvadoran arrest warrant concerning Oscar*, redacted (placeholder)',
    date: '[to be confirmed]',
    source: 'Salvadoran authorities',
    language: 'Spanish, with English translation',
    confidentiality: 'redacted',
    pageCount: 6,
    barPages: [1, 3],
    about: 'The warrant on which the Red Notice rests, with a translation and the translator’s certificate.',
    pages: {
      2: 'The warrant states when the crimes were committed. The dates lie months after the complainant’s departure. It was issued by Salvadoran authorities.',
      3: 'The warrant names the father and the mother of the accused. They are not the parents of the complainant.',
      6: 'Certificate of the translator. It will be completed when the real document is at hand.',
    },
  },
  {
    key: 'C-3',
    title: 'Immigration court orders in the case of Oscar*, redacted (placeholder)',
    date: '[to be confirmed]',
    source: 'Immigration court',
    language: 'English',
    confidentiality: 'redacted',
    pageCount: 18,
    barPages: [1, 9, 14],
    about: 'Orders and excerpts from the record of the complainant’s proceedings.',
    pages: {
      4: 'The record gives the date on which the complainant left El Salvador. It is earlier than every date in the accusation.',
      9: 'The court has the complainant’s evidence before it that he is not the person accused: the dates and the names of the parents disagree.',
      14: 'A later stage of the proceedings, at which the complainant shows again that the accusation cannot be about him.',
      17: 'Status of the case. No final decision has been made.',
    },
  },
  {
    key: 'D',
    title: 'Declaration of Melissa* (placeholder)',
    date: 'May 2023',
    source: 'Melissa*, through the Lakeshore Immigrant Justice Center',
    language: 'Spanish, with English translation',
    confidentiality: 'redacted',
    pageCount: 10,
    barPages: [1, 10],
    about:
      'The sworn account of the complainant called Melissa*. The declaration is fictional; its main facts follow public reporting.',
    pages: {
      2: 'The declarant says that a gang harassed her without pause where she lived in El Salvador. She was followed, threatened and hurt.',
      3: 'The declarant describes a quarrel with a neighbor, who went to the police.',
      4: 'The declarant says that the neighbor’s charges were vague and led to a warrant. The warrant was one reason why she left.',
      6: 'The declarant says what she told the immigration judge about the gang. She was shown no document about the accusation against her.',
      7: 'The declarant says that the lawyer for ICE called her arrest gang-related and called what the gang had done to her an “initiation”. No evidence was offered for this.',
      8: 'The declarant says what this argument meant for her. What she had told the court in order to be protected was turned against her.',
      9: 'The declarant says that her case is not over.',
      10: 'Signature page. The signed original stays with counsel, whose attestation takes its place here. The declaration is made under penalty of perjury (28 U.S.C. § 1746).',
    },
  },
  {
    key: 'E',
    title: 'DHS Form I-213 and FBI database record concerning Melissa*, redacted (placeholder)',
    date: '[to be confirmed]',
    source: 'DHS and FBI, from the record of proceedings',
    language: 'English',
    confidentiality: 'redacted',
    pageCount: 5,
    barPages: [1, 2, 4],
    about: 'The form on which DHS recorded the complainant’s arrival, with the database record attached to it.',
    pages: {
      2: 'Record from an FBI database. It shows a Salvadoran warrant that goes back to a dispute between neighbors. It gives no evidence and no explanation of the charge.',
      4: 'Narrative part of the form. It repeats the entry; the government’s lawyer later built on this page the argument that the arrest was connected with a gang.',
    },
  },
  {
    key: 'F',
    title: 'ProPublica, reporting on foreign gang databases used at the border (placeholder)',
    date: '2019 [confirm date]',
    source: 'ProPublica; republished by Truthout',
    language: 'English',
    confidentiality: 'public',
    pageCount: 8,
    barPages: [],
    about:
      'A press report on the use of foreign police and military databases in asylum cases. The article itself is not part of this program.',
    pages: {
      1: 'The report says that immigration officials check migrants against databases kept by foreign police and armed forces. The public has been told little about it.',
      2: 'The report says that the intelligence center (GCIF) was created in May 2017. The State Department pays for it through its bureau INL, under the Central America Regional Security Initiative (CARSI).',
      3: 'Analysts are vetted as the law requires, a State Department spokesperson says; critics answer that the vetting is not transparent. An expert on El Salvador says that gangs influence the police and that he thinks retaliatory entries very likely.',
      4: 'The report says that the center was enlarged in 2018 to take in intelligence from Honduras, Guatemala and Mexico. A spokesperson would only say that the data comes from criminal and intelligence databases of the countries concerned.',
      5: 'A State Department spokesperson says that correcting a false entry is up to the country that supplied it, because the information is “proprietary” to that country. The page also names two local police forces that the analysts have dealt with: Chelsea in Massachusetts and Suffolk County in New York.',
      6: 'The father called Tomás* in this complaint was parted from his young son in South Texas over a gang allegation. The evidence was withheld as confidential. He was released on bond, and the allegation was dropped.',
      7: 'The father called Raúl* in this complaint was parted from two young children. He had a certificate that he had no criminal record and a letter from an employer. An affidavit in his case said that El Salvador was the source of the label and that the State Department had entered it in a “U.S. database”.',
      8: 'After about half a year in jail the father called Raúl* was released on bond; the gang allegation was not mentioned, and evidence was never produced. His lawyer estimates the donated legal work at about $100,000. Both fear that the entry remains in his file.',
    },
  },
  {
    key: 'G',
    title: 'Affidavit of a shelter official in the case of Raúl*, redacted (placeholder)',
    date: '[to be confirmed]',
    source: 'Federal court record',
    language: 'English',
    confidentiality: 'redacted',
    pageCount: 4,
    barPages: [1, 2],
    about:
      'A sworn statement by an official responsible for family shelters. It is known to the complainants only through press reporting.',
    pages: {
      2: 'The official says that El Salvador was the source of the gang label. The State Department had entered it in a “U.S. database”. This is how the intelligence center first became known to the man’s lawyer.',
    },
  },
  {
    key: 'H',
    title:
      'Testimony of Richard H. Glenn, Department of State, before a House Homeland Security subcommittee (placeholder)',
    date: 'January 2018',
    source: 'U.S. House of Representatives',
    language: 'English',
    confidentiality: 'public',
    pageCount: 12,
    barPages: [],
    about: 'Testimony by a State Department official on gangs and the intelligence center in San Salvador.',
    pages: {
      4: 'The witness describes the intelligence center (GCIF) in San Salvador and its funding by the Department of State.',
      5: 'The witness says that several Salvadoran police officers spent eight months of 2017 at McAllen, Texas. They did research and reported to DHS, to help authorities identify, arrest or turn away gang members.',
      6: 'The witness describes the permanent team: ten from the police, five from migration and two from corrections. They work with agents of DHS and of the FBI’s joint gang task force.',
      7: 'The witness gives the results of less than a year: 240 people identified as MS-13 who were “not previously known” in the United States, and 46 who were new to the Salvadoran authorities. The place and the outcome of these identifications are not given.',
      9: 'The witness says that the police of Suffolk County, New York, sent in the names of 454 people they suspected of gang ties. The center answered with possible addresses of known gang members and wanted people.',
    },
  },
  {
    key: 'I',
    title: 'Cristosal, report on one year of the state of exception (placeholder)',
    date: '2023',
    source: 'Cristosal',
    language: 'Spanish',
    confidentiality: 'public',
    pageCount: 24,
    barPages: [],
    about: 'A human rights organization’s report on the first year of the emergency in El Salvador.',
    pages: {
      6: 'The report says that by 27 March 2023 Cristosal had on file 3,275 reports of abuses committed by the security forces.',
      7: 'The report says that 98.5 percent of the reports received involved arbitrary detention. It gives this as a share; the sample does not turn it into a number of cases.',
      11: 'The report says that young men in poor areas with much crime are often detained on arbitrary criteria or without any evidence.',
      14: 'The report says that the police increasingly list people as gang members or criminals in databases shared across borders. Verifiable evidence of an offense is lacking.',
    },
  },
  {
    key: 'J',
    title:
      'U.S. Department of State, 2022 human rights report on El Salvador, with the emergency decrees (placeholder)',
    date: 'March 2023 [confirm date]',
    source: 'U.S. Department of State; Legislative Assembly of El Salvador',
    language: 'English; decrees in Spanish',
    confidentiality: 'public',
    pageCount: 32,
    barPages: [],
    about:
      'The State Department’s country report for 2022, followed by the decrees that declared and prolonged the emergency.',
    pages: {
      3: 'The state of exception was declared in March 2022 at the President’s request for 30 days. It has been prolonged every month. Fundamental rights are suspended while it lasts.',
      9: 'The report calls credible the allegations of forced disappearances, arbitrary arrests and invasions of homes by the National Police.',
    },
  },
  {
    key: 'K',
    title: 'U.S. Department of State, 2018 human rights report on El Salvador (placeholder)',
    date: '2019 [confirm date]',
    source: 'U.S. Department of State',
    language: 'English',
    confidentiality: 'public',
    pageCount: 30,
    barPages: [],
    about:
      'The State Department’s country report for 2018. The sample complaint mentions it but cites it nowhere, on purpose.',
    pages: {
      5: 'The report describes arbitrary arrests, torture and killings outside the law in which the police had a large part. This page would support the second half of a sentence in the complaint that nobody has linked to it yet.',
    },
  },
  {
    key: 'L',
    title: 'United Nations, 2018 findings on police in El Salvador (placeholder)',
    date: '2018',
    source: 'United Nations',
    language: 'English',
    confidentiality: 'public',
    pageCount: 20,
    barPages: [],
    about: 'The result of a United Nations investigation into Salvadoran police units.',
    pages: {
      7: 'The investigation found that police units paid for in part by the United States had falsely accused people of belonging to gangs.',
      9: 'The investigation found that the same forces had killed people outside the law.',
    },
  },
  {
    key: 'M',
    title: 'Biometric Data Sharing Program agreement between the United States and El Salvador (placeholder)',
    date: '[to be confirmed]',
    source: 'U.S. Department of Homeland Security',
    language: 'English and Spanish',
    confidentiality: 'public',
    pageCount: 14,
    barPages: [],
    about: 'The agreement under which biometric and identity data is exchanged.',
    pages: {
      3: 'El Salvador is to work with DHS in the exchange of its citizens’ biometric and identity data. The agreement dates from the Trump administration, and the Biden administration has continued to apply it.',
      5: 'The purpose is to find out who irregular migrants are. Special attention goes to signs of possible criminal activity.',
    },
  },
  {
    key: 'N',
    title: 'DHS privacy impact assessment [system to be identified] (placeholder)',
    date: '[to be confirmed]',
    source: 'DHS Privacy Office',
    language: 'English',
    confidentiality: 'public',
    pageCount: 36,
    barPages: [],
    about:
      'A privacy impact assessment of a system that receives foreign data. Which system it is has still to be found out.',
    pages: {
      6: 'The page describes how systems of DHS, the State Department, the Justice Department and the FBI are connected. Foreign data passes among them.',
      12: 'Officers of ICE and CBP have access to the data and use it in decisions such as detention and deportation. No verification comes in between.',
      19: 'The page lists who is responsible for the system. It names nobody who would have to check a foreign accusation before it is used.',
    },
  },
  {
    key: 'O',
    title: 'Memo of an interview about Antonio* (placeholder)',
    date: '2023',
    source: 'Cenzontle Documentación de Derechos',
    language: 'Spanish',
    confidentiality: 'confidential',
    pageCount: 3,
    barPages: [],
    about:
      'A field worker’s memo on the case of the man called Antonio*. He is in prison and has not consented to its use.',
    pages: {
      1: 'The man called Antonio* had a job at a San Salvador school and ran a car rental business. Police officers had extorted him and threatened to take his vehicles. They arrested him without warning two days after the emergency began, and he is still detained.',
      2: 'The memo says that he was listed without evidence that anybody could check. It shows how an officer with a private motive can put a name on a list.',
      3: 'Basis of the memo: a third party. The man himself has not consented, and the memo must not leave the coalition.',
    },
  },
];
