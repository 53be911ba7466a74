/** `+` create, `~` change, `-` delete, `!` replace. */
export type Sign = '+' | '~' | '-' | '!';

/** A style of a terminal. */
export type Style = 'green' | 'yellow' | 'red' | 'magenta' | 'bold' | 'dim';

/** Puts text into a style, or leaves it as it is where colour is not wanted. */
export type Paint = (style: Style, text: string) => string;

const colours: Readonly<Record<Sign, Style>> = { '+': 'green', '~': 'yellow', '-': 'red', '!': 'magenta' };

/** A line that begins with a sign, in the sign's colour. */
export function signed(paint: Paint, sign: Sign, text: string): string {
  return paint(colours[sign], `${sign} ${text}`);
}
