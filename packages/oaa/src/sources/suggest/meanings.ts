import { headerWords } from './header-words.ts';

/** Headers of each meaning, without spaces, marks and case. English and German; some French and Spanish. */
const headers = {
  userId:
    'userid uid useruid employeeid employeenumber employeeno empid personid personnelnumber staffid staffno workerid memberid accountid userguid userkey benutzerid nutzerid mitarbeiterid mitarbeiternummer mitarbeiternr personalnummer personalnr persnr matricule',
  login:
    'username login loginname loginid userlogin logon logonname account accountname samaccountname userprincipalname upn benutzername benutzerkennung kennung anmeldename konto kontoname nutzername benutzerkonto kuerzel identifiant utilisateur usuario',
  user: 'user users member members membername person people assignee principal identity subject employee employees staff worker grantee benutzer nutzer mitarbeiter mitglied mitglieder usermember useremailaddress',
  email:
    'email emailaddress mail mailaddress workemail useremail primaryemail businessemail emailadresse mailadresse dienstmail courriel correo adressemail emailwork',
  fullName:
    'fullname displayname realname completename commonname cn personname employeename anzeigename vollname vollstaendigername nomcomplet nombrecompleto mitarbeitername',
  firstName: 'firstname givenname forename vorname prenom',
  lastName: 'lastname surname familyname nachname familienname zuname',
  isActive:
    'active isactive enabled isenabled status accountstatus userstatus accountenabled employmentstatus aktiv istaktiv freigeschaltet actif activo',
  isInactive:
    'inactive isinactive disabled isdisabled accountdisabled locked islocked lockedout suspended issuspended blocked isblocked deactivated isdeactivated deleted isdeleted gesperrt istgesperrt deaktiviert inaktiv geloescht',
  createdAt:
    'created createdat createdon creationdate creationtime datecreated createddate createdtime whencreated accountcreated angelegt angelegtam erstellt erstelltam erstellungsdatum anlagedatum datecreation',
  lastLoginAt:
    'lastlogin lastloginat lastlogindate lastlogintime lastlogon lastlogondate lastlogontimestamp lastlogontime lastsignin lastsigninat lastsignindate letzteanmeldung letzterlogin letzteranmeldetag zuletztangemeldet letzteanmeldungam derniereconnexion',
  deactivatedAt:
    'deactivatedat deactivatedon deactivationdate disabledat disabledon disableddate deaktiviertam gesperrtam',
  passwordLastChangedAt:
    'passwordlastchanged passwordlastchangedat passwordchangedat passwordchanged lastpasswordchange passwordlastset pwdlastset passwortgeaendert passwortgeaendertam letztepasswortaenderung',
  userType: 'usertype accounttype kontotyp benutzertyp identitytype',
  groupId: 'groupid groupkey groupuid teamid gruppenid gruppennummer',
  group:
    'group groups groupname groupnames team teams teamname memberof membership memberships usergroup usergroups securitygroup securitygroups gruppe gruppen gruppenname benutzergruppe benutzergruppen groupe groupes grupo grupos squad',
  roleId: 'roleid rolekey roleuid rollenid rollennummer',
  role: 'role roles rolename rolenames userrole userroles approle approles accessrole accessroles rolle rollen rollenname benutzerrolle benutzerrollen rol profil profile profiles profilename',
  permission:
    'permission permissions permissionname permissionid privilege privileges right rights accessright accessrights accesslevel access entitlement entitlements entitlementname scope scopes grant grants capability capabilities action actions operation berechtigung berechtigungen recht rechte zugriff zugriffsrecht zugriffsrechte droit droits permiso permisos',
  effects:
    'effect effects oaapermission oaapermissions oaaeffect permissiontype permissiontypes canonicalpermission canonicalpermissions vezapermission wirkung',
  resource:
    'resource resources resourcename resourcepath resourceid path object objectname objectpath objectid folder foldername folderpath file filename filepath repository repo project projectname database table bucket share dataset asset ressource ressourcen pfad objekt objektname ordner verzeichnis datei projekt',
  resourceType: 'resourcetype objecttype resourcekind ressourcentyp objekttyp',
  application: 'application applicationname applicationid app appname anwendung anwendungsname',
  id: 'id identifier guid uuid key externalid nr no number nummer',
  name: 'name bezeichnung nom nombre',
  secret:
    'password passwort passwd pwd passphrase secret clientsecret token accesstoken refreshtoken apikey apitoken privatekey passwordhash passworthash hash salt pin otp mfasecret kennwort motdepasse contrasena credential credentials',
  personal:
    'salary gehalt lohn wage birthdate birthday dateofbirth dob geburtsdatum geburtstag ssn socialsecuritynumber taxid steuernummer steuerid sozialversicherungsnummer iban bankaccount creditcard religion gender sex geschlecht maritalstatus familienstand nationality staatsangehoerigkeit homeaddress privatadresse privatephone privatnummer personalemail privatemail',
} as const;

/** What a column is about, as far as its header tells. */
export type Meaning = keyof typeof headers;

const byHeader: ReadonlyMap<string, Meaning> = new Map(
  Object.entries(headers).flatMap(([meaning, words]) =>
    words.split(' ').map((word): [string, Meaning] => [word, meaning as Meaning]),
  ),
);

/** Words before another one that leave its meaning as it is: `assigned roles` are roles. */
const prefixes: ReadonlySet<string> = new Set(
  'ad all app application assigned current direct effective granted iam local my primary security system the user users zugewiesene alle'.split(
    ' ',
  ),
);
const prefixable: ReadonlySet<Meaning> = new Set(['email', 'group', 'role', 'permission', 'createdAt', 'lastLoginAt']);

const idWords = /^(?:id|no|nr|num|number|nummer|key|code)$/;
const idsOf: Readonly<Partial<Record<Meaning, Meaning>>> = {
  user: 'userId',
  login: 'userId',
  group: 'groupId',
  role: 'roleId',
};

/** Whether a header names something by a number or a code: `Badge no`. */
export function isIdHeader(header: string): boolean {
  return idWords.test(headerWords(header).at(-1) ?? '');
}

/** The meaning of a header, in any case and spelling; undefined for one that is not known. */
export function meaningOf(header: string): Meaning | undefined {
  const words = headerWords(header);
  const known = byHeader.get(words.join(''));
  if (known !== undefined) return known;
  const named = isIdHeader(header) ? byHeader.get(words.slice(0, -1).join('')) : undefined;
  const id = named === undefined ? undefined : idsOf[named];
  if (id !== undefined) return id;
  for (let start = 1; start < words.length && prefixes.has(words[start - 1] ?? ''); start += 1) {
    const meaning = byHeader.get(words.slice(start).join(''));
    if (meaning !== undefined && prefixable.has(meaning)) return meaning;
  }
  return undefined;
}

/** Headers that name a place to have access to, in a table of grants; elsewhere they are mere properties. */
const places: ReadonlySet<string> = new Set(
  'area bereich bereiche branch cluster environment filiale hall halle host instance lager lagerort location mandant module modul namespace niederlassung ort region server site space standort store store system target tenant umgebung unit warehouse workspace zone'.split(
    ' ',
  ),
);

/** Whether a header of a table of grants says where they hold. */
export function isPlace(header: string): boolean {
  const words = headerWords(header);
  return places.has(words.join('')) || places.has(words.at(-1) ?? '');
}

/** What the rows of a file are about. */
export type Subject = 'users' | 'groups' | 'roles' | 'permissions' | 'resources' | 'assignments';

const subjects: Readonly<Record<Subject, string>> = {
  assignments:
    'assignment assignments grant grants access accesses entitlement entitlements membership memberships zuweisung zuweisungen zuordnung zuordnungen zugriff zugriffe mitgliedschaft mitgliedschaften',
  users:
    'user users staff employee employees people person persons account accounts login logins identity identities worker workers benutzer mitarbeiter personal konten konto nutzer personen utilisateurs usuarios',
  groups: 'group groups team teams gruppe gruppen groupes grupos',
  roles: 'role roles rolle rollen profile profiles profil',
  permissions:
    'permission permissions privilege privileges right rights berechtigung berechtigungen recht rechte droits',
  resources:
    'resource resources object objects folder folders file files repository repositories repos project projects asset assets ressource ressourcen objekte ordner projekte',
};

/** What the name of a file says about its rows: the last word that means something (`group_members`: groups). */
export function subjectOfFile(file: string): Subject | undefined {
  const base = file.replace(/^.*[/\\]/, '').replace(/(?:\.[^.]+)?(?:\.gz)?$/i, '');
  const found = headerWords(base).flatMap((word) =>
    (Object.keys(subjects) as Subject[]).filter((subject) => subjects[subject].split(' ').includes(word)),
  );
  return found.includes('assignments') ? 'assignments' : found.at(-1);
}
