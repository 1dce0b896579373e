/**
 * Commands that are run for messages: {@code sub --exec} and {@code rr --serve}, their environment,
 * their outputs and their ends.
 */
@NullMarked
package dev.midge.cli.exec;

import org.jspecify.annotations.NullMarked;
