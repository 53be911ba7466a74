/** Something in a file that only makes sense on the machine where it was written. */
export interface ForeignWord {
  /** Counted from 1. */
  readonly line: number;
  readonly what: string;
}

const registries = ['npmjs', 'yarnpkg', 'npmmirror'].map((name) => `registry[.]${name}`);

/**
 * An absolute path below the folders where people and build machines work; after a host name it is part of a URL. The
 * people of our tests are nobody.
 */
const workplace =
  /(?<![\w.$}~-])\/(home|root|work|workspace|builds|mnt|private\/tmp|var\/folders)\/(?!(?:jane|kim|otto)\b)[\w.-]+/;
/** A home folder of macOS; with one name only it is a resource of SCIM. */
const macHome = /(?<![\w.$}~-])\/Users\/(?!(?:jane|kim|otto)\b)[a-z][\w.-]{2,}\/[\w.-]+/i;

const patterns: readonly RegExp[] = [
  workplace,
  macHome,
  /[A-Z]:\\Users\\/,
  new RegExp(registries.join('|')),
  // A lockfile that was written against another registry names its tarballs.
  /\btarball:\s/,
  /\b[\w-]+[.](internal|intranet|corp|lan)\b/,
];

/** Finds absolute paths of somebody's machine, registry hosts and names of private networks. */
export function findForeignWords(text: string): ForeignWord[] {
  return text.split('\n').flatMap((content, index) =>
    patterns.flatMap((pattern) => {
      const match = pattern.exec(content);
      return match === null ? [] : [{ line: index + 1, what: match[0] }];
    }),
  );
}
