package dev.midge.cli.failure;

/**
 * What {@link FailureExplanation} makes of one failure.
 *
 * @param what failed, without a full stop
 * @param detail null for none
 * @param next what to try; null where nobody knows
 */
record FailureMessage(String what, String detail, String next) {}
