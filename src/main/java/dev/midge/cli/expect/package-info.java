/**
 * The options that let a script wait: {@code --expect} and its companions, the signal that a
 * subscriber is ready, the end of retained messages, and tries to connect again.
 */
@NullMarked
package dev.midge.cli.expect;

import org.jspecify.annotations.NullMarked;
