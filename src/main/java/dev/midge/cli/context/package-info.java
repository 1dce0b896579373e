/**
 * Contexts: named sets of connection options in a private file, what they mean for the run of a
 * client, and the command that keeps them.
 */
@NullMarked
package dev.midge.cli.context;

import org.jspecify.annotations.NullMarked;
