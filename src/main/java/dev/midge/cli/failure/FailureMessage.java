package dev.midge.cli.failure;

import org.jspecify.annotations.Nullable;

/**
 * The message about one failure.
 *
 * @param what failed, without a full stop
 * @param detail a fact about it; null for none
 * @param next the thing to try; null where none is known
 */
record FailureMessage(String what, @Nullable String detail, @Nullable String next) {}
