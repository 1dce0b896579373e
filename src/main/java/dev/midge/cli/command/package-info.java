/** The commands, one class each, and the run of one: parsing, carrying out, reporting. */
@NullMarked
package dev.midge.cli.command;

import org.jspecify.annotations.NullMarked;
