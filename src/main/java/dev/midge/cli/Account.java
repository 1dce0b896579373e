package dev.midge.cli;

/**
 * What {@link Explanation} makes of one failure.
 *
 * @param what failed, without a full stop
 * @param detail null for none
 * @param next what to try; null where nobody knows
 */
record Account(String what, String detail, String next) {}
