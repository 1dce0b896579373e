/**
 * Reads command lines: option tables, their parsers, option files, the environment, and single
 * arguments.
 */
@NullMarked
package dev.midge.cli.parse;

import org.jspecify.annotations.NullMarked;
