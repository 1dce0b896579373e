package dev.midge.cli.failure;

import dev.midge.cli.parse.OptionTable;
import org.jspecify.annotations.Nullable;

/**
 * A command whose connection has failed, as far as the messages depend on it.
 *
 * @param options those that advice may name
 * @param quiet whether no message is printed
 * @param debugging whether {@code -d} was given
 * @param json whether standard output is for JSON alone
 * @param stream whether messages are sent as they come, without an end in sight
 * @param attempt what was tried; null where there is none to explain
 */
public record FailedCommand(
    OptionTable options,
    boolean quiet,
    boolean debugging,
    boolean json,
    boolean stream,
    @Nullable ConnectAttempt attempt) {}
