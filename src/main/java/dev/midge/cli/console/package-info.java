/** Standard streams, terminal and signals of the process, and what is drawn on a terminal. */
@NullMarked
package dev.midge.cli.console;

import org.jspecify.annotations.NullMarked;
