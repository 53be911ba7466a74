import { type CommandContext, printLine, styled } from '@oaa-kit/oaa/cli';
import type { Plan } from '../plan/index.ts';
import { renderPlan } from '../plan/render/index.ts';

/** Prints a plan for people. */
export function printPlan(context: CommandContext, plan: Plan): void {
  printLine(
    context,
    renderPlan(plan, (style, text) => styled(context, context.stdout, style, text)),
  );
}
