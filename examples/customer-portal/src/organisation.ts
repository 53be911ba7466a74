/** The people and teams of the example: invented, and the same on every run. */

const givenNames = [
  'Ada',
  'Bruno',
  'Chiara',
  'Deniz',
  'Elif',
  'Farid',
  'Greta',
  'Hugo',
  'Ines',
  'Jonas',
  'Kira',
  'Liam',
  'Mara',
  'Noor',
  'Otto',
  'Priya',
  'Quentin',
  'Rosa',
  'Sami',
  'Tova',
];
const familyNames = [
  'Albrecht',
  'Bianchi',
  'Costa',
  'Dubois',
  'Eriksen',
  'Fischer',
  'Garcia',
  'Haddad',
  'Ivanova',
  'Jansen',
];

export interface Team {
  readonly name: string;
  /** The team that this one is part of. */
  readonly partOf?: string;
}

/** Twenty teams, three levels deep. */
export const teams: readonly Team[] = [
  { name: 'Everyone' },
  { name: 'Customer Care', partOf: 'Everyone' },
  { name: 'Support EU', partOf: 'Customer Care' },
  { name: 'Support US', partOf: 'Customer Care' },
  { name: 'Support Night Shift', partOf: 'Support US' },
  { name: 'Onboarding', partOf: 'Customer Care' },
  { name: 'Finance', partOf: 'Everyone' },
  { name: 'Billing', partOf: 'Finance' },
  { name: 'Collections', partOf: 'Finance' },
  { name: 'Audit', partOf: 'Finance' },
  { name: 'Sales', partOf: 'Everyone' },
  { name: 'Sales EU', partOf: 'Sales' },
  { name: 'Sales US', partOf: 'Sales' },
  { name: 'Key Accounts', partOf: 'Sales EU' },
  { name: 'Engineering', partOf: 'Everyone' },
  { name: 'Portal Team', partOf: 'Engineering' },
  { name: 'Data Team', partOf: 'Engineering' },
  { name: 'On Call', partOf: 'Portal Team' },
  { name: 'Security', partOf: 'Everyone' },
  { name: 'Contractors' },
];

export interface Person {
  readonly login: string;
  readonly fullName: string;
  readonly email: string;
  readonly team: string;
  readonly active: boolean;
  readonly mfa: boolean;
  readonly lastLogin: Date;
}

const firstLogin = Date.UTC(2026, 0, 1);
const dayMs = 86_400_000;

/** Two hundred people, spread over the teams; some have left, a few have no second factor. */
export const people: readonly Person[] = Array.from({ length: 200 }, (_, number) => {
  const given = givenNames[number % givenNames.length] as string;
  const family = familyNames[Math.floor(number / givenNames.length)] as string;
  const login = `${given}.${family}`.toLowerCase();
  return {
    login,
    fullName: `${given} ${family}`,
    email: `${login}@example.com`,
    team: (teams[1 + ((number * 7) % (teams.length - 1))] as Team).name,
    active: number % 23 !== 0,
    mfa: number % 11 !== 3,
    lastLogin: new Date(firstLogin + (number % 300) * dayMs),
  };
});
