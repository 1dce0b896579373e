/**
 * Passwords and access rules: the files that hold them, and the answers that they give; no clock,
 * no socket, no thread.
 */
@NullMarked
package dev.midge.broker.access;

import org.jspecify.annotations.NullMarked;
